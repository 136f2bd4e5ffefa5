import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Reads lines "flavour TAB file" until there are no more; says of each file one line for each rule that it breaks
 * (rule, times, message, between tabs), then the line "checked".
 */
public class Conformance {
  private static final int ALL = 1_000_000;

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream told = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      String[] parts = line.split("\t", 2);
      broken(new File(parts[1]), PDFAFlavour.byFlavourId(parts[0])).forEach(told::println);
      told.println("checked");
    }
  }

  private static Iterable<String> broken(File file, PDFAFlavour flavour) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, ALL, false, false, false)) {
      ValidationResult result = validator.validate(parser);
      Map<String, String> lines = new LinkedHashMap<>();
      Map<String, Integer> times = new LinkedHashMap<>();
      result.getFailedChecks().forEach((rule, count) -> times.put(rule.getClause() + "-" + rule.getTestNumber(), count));
      times.forEach((rule, count) -> lines.put(rule, rule + "\t" + count + "\t"));
      for (TestAssertion assertion : result.getTestAssertions()) {
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        String message = String.valueOf(assertion.getMessage()).replaceAll("\\s+", " ");
        if (times.containsKey(rule)) lines.put(rule, rule + "\t" + times.get(rule) + "\t" + message);
      }
      return lines.values();
    }
  }
}
