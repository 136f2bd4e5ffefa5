"""Whether a text may begin with a small letter: names, titles, languages and nationalities keep their capital."""

from __future__ import annotations

import re

_TITLES = "mr mrs ms miss mx dr sir dame lord lady prof professor rev revd reverend rabbi imam canon cllr councillor"

_LANGUAGES_AND_NATIONS = (
    "afghan african afrikaans akan albanian algerian american amharic angolan arab arabic armenian asian assyrian"
    " australian austrian azerbaijani bangladeshi basque belarusian belgian bengali bosnian brazilian british bsl"
    " bulgarian burmese cameroonian canadian cantonese caribbean catalan chechen chilean chinese colombian congolese"
    " cornish croatian cuban cypriot czech danish dari dutch ecuadorian egyptian english eritrean estonian ethiopian"
    " european farsi fijian filipino finnish flemish french gaelic gambian georgian german ghanaian greek gujarati"
    " gypsy hausa hebrew hindi hungarian icelandic igbo indian indonesian iranian iraqi irish israeli italian jamaican"
    " japanese jewish jordanian kannada kazakh kenyan korean krio kurdish kurmanji kuwaiti kyrgyz lao latvian lebanese"
    " liberian libyan lingala lithuanian luganda macedonian malawian malay malayalam malaysian maltese mandarin"
    " mauritian mexican moldovan mongolian moroccan muslim ndebele nepalese nepali nigerian norwegian oromo pakistani"
    " palestinian pashto persian peruvian polish portuguese punjabi panjabi roma romani romanian russian rwandan saudi"
    " scottish serbian shona sikh sindhi sinhala sinhalese slovak slovakian slovene slovenian somali sorani spanish"
    " sudanese swahili swedish swiss sylheti syrian tagalog tajik tamil tanzanian telugu thai tibetan tigrinya"
    " traveller trinidadian tunisian turkish turkmen twi ugandan ukrainian urdu uyghur uzbek venezuelan vietnamese"
    " welsh wolof yemeni yiddish yoruba zambian zimbabwean zulu"
)

_ORDINARY = re.compile(
    r"(?:(?:grand|god|step|foster|great|half|ex)-?)*"
    r"(?:mother|father|mum|mam|mom|mummy|dad|daddy|parent|carer|guardian|brother|sister|sibling|aunt|auntie|uncle|nan"
    r"|nana|nanny|gran|granny|grandma|grandad|grandpa|cousin|niece|nephew|son|daughter|child|children|baby|husband|wife"
    r"|partner|friend|family|neighbour|pupil|student|school|teacher|man|men|woman|women|boy|girl|people|other)s?"
)
"""Whose somebody may be without being named: `Mother’s partner`, `Children’s social worker`."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def keeps_capital(text: str) -> bool:
    """True for a text that begins with a name, a title, a language, a nationality or letters said one by one.

    A name is known by the capital of the word after it or by its owner's ’s; a first name that stands alone is not.
    """
    if text[1:2].isupper():
        return True
    found = _WORD.match(text)
    if not found:
        return False
    first, rest = found[0].replace("'", "’"), text[found.end() :]
    owner, sign, _ = first.partition("’")
    if sign and first.lower() == f"{owner.lower()}’s":
        return not _ORDINARY.fullmatch(owner.lower())
    parts = first.lower().split("-")
    if first.lower() in _TITLES.split() or parts[0] in _LANGUAGES_AND_NATIONS.split():
        return True
    after = _WORD.match(rest[1:]) if rest[:1] == " " else None
    return bool(after and after[0][0].isupper() and not after[0].isupper() and not _ORDINARY.fullmatch(first.lower()))
