import java.io.File;
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

/** Prints one line for each rule that a PDF breaks: file number, rule, times, message; between tabs. */
public class Conformance {
  private static final int ALL = 1_000_000;

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
    for (int number = 1; number < arguments.length; number++) {
      for (String line : broken(new File(arguments[number]), flavour)) {
        System.out.println((number - 1) + "\t" + line);
      }
    }
    System.out.println("checked\t" + (arguments.length - 1));
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
