"""The codes of all problems, each with the one line that says what it stands for.

A code never changes its meaning; the wording beside it may.
``TG1xx`` files, YAML and front matter · ``TG2xx`` dates · ``TG3xx`` the schema ·
``TG4xx`` Markdown bodies and pictures · ``TG5xx`` what articles say together ·
``TG6xx`` addresses and pages · ``TG7xx`` themes and their words · ``TG8xx`` the built site.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # files, YAML and front matter
        "TG101": "the file is not UTF-8 text",
        "TG102": "the file is empty",
        "TG103": "the file begins with a byte order mark",
        "TG104": "the file has no front matter",
        "TG105": "the front matter is not closed",
        "TG106": "the file holds a control character, or a line break that editors do not count",
        "TG107": "the file is too big",
        "TG108": "the file is a link, or no ordinary file",
        "TG109": "the file's name is not <slug>.<language>.md",
        "TG110": "the file's name ends in a language that the site does not have",
        "TG111": "the file's name holds a slug that cannot stand in an address",
        "TG112": "the file lies where nothing reads it",
        "TG113": "the file holds a direction mark that is never closed",
        "TG114": "two file names are the same once written in one way",
        "TG121": "the YAML cannot be read",
        "TG122": "a key stands twice",
        "TG123": "anchors, aliases, tags and merge keys are not allowed",
        "TG124": "lists and mappings are nested too deep",
        "TG125": "the file holds more than one YAML document",
        "TG126": "a mapping of keys and values is needed",
        "TG127": "a key is not text",
        # dates
        "TG201": "the date cannot be read",
        "TG202": "the date is not in the calendar, or its EDTF is malformed",
        "TG203": "the date is too long to be one",
        "TG204": "the weekday does not fit the day",
        "TG205": "the Hijri and the Gregorian date are not the same day",
        "TG206": "the date is in figures that can be read in two ways",
        "TG207": "the year is missing",
        "TG208": "the date is told from the article's day, which is not given",
        "TG209": "the two names of the month do not agree",
        "TG211": "the span ends before it begins",
        "TG212": "a time of day stands where no single day does",
        "TG213": "a decade that may be a century",
        "TG214": "the words can be read in two ways",
        # the schema
        "TG301": "a key is missing",
        "TG302": "a key is unknown",
        "TG303": "a value is of the wrong kind",
        "TG304": "a value is not one of those allowed",
        "TG305": "a value is empty",
        "TG306": "an address is not a web address",
        "TG307": "an id cannot stand in an address",
        "TG308": "a day of publication cannot be read",
        "TG309": "a language is not one of the site's",
        "TG310": "an event stands twice in one article",
        "TG311": "two settings contradict each other",
        "TG312": "what a setting needs is not installed",
        # Markdown bodies and pictures
        "TG401": "HTML was removed from the text",
        "TG402": "a link leads where links may not lead",
        "TG403": "a picture is missing",
        "TG404": "a picture has no description",
        "TG405": "the text is too long, or repeats a mark too often",
        "TG406": "the text is nested too deep",
        "TG407": "a picture cannot be read",
        "TG408": "a picture lies on another host",
        "TG409": "a link to an event names no event",
        "TG410": "two places in a text have one id",
        # what articles say together
        "TG501": "two articles have one slug and language",
        "TG502": "no article dates an event",
        "TG503": "two versions of an article disagree about a fact",
        "TG504": "two articles disagree about a date",
        "TG505": "a correction corrects nothing",
        "TG506": "corrections correct each other in a circle",
        "TG507": "an event is listed twice in one article",
        "TG508": "a link leads to an event that does not exist",
        "TG509": "a name belongs to several entities",
        "TG510": "an entity is of another kind",
        "TG511": "a name has no letters",
        "TG512": "a source is not listed",
        "TG513": "an event is held back",
        "TG514": "an article says nowhere when it was published",
        "TG515": "an event has no title",
        "TG516": "two plain pages have one slug and language",
        "TG517": "a translation is older than its original",
        "TG518": "the version that an article was translated from does not exist",
        "TG519": "an entry without a date says what nobody shows",
        "TG520": "a contradiction is accepted of an event that does not exist",
        # addresses and pages
        "TG601": "two pages have one address",
        "TG602": "the menu names a page that does not exist",
        # themes and their words
        "TG701": "a template cannot be read",
        "TG702": "a template is missing",
        "TG703": "a template asks for what is not there",
        "TG704": "a template asks for a static file that is missing",
        "TG705": "a template fails",
        "TG706": "a stylesheet refers to a file that is missing",
        "TG707": "stylesheets refer to each other in a circle",
        "TG708": "a theme's words cannot be read",
        "TG709": "a theme has no words for a language",
        "TG710": "a theme is missing",
        "TG711": "themes extend each other in a circle",
        "TG712": "a font cannot draw pictures for links",
        # the built site
        "TG811": "a link leads nowhere",
        # publishing
        "TG832": "a hidden file, or one that another program left behind, is in the site",
        "TG833": "the built site holds what the build did not put there",
        "TG834": "a file of the site names a folder of a machine",
        "TG835": "a file of the site names who made it, or on which machine",
        "TG836": "a picture tells where it was taken",
        "TG837": "a picture tells more than it shows",
        "TG840": "the check finds problems in what is to be published",
        "TG841": "the site was built with drafts",
        "TG842": "the site was built for another address",
        "TG843": "the site was built for another moment",
        "TG844": "the built site is older than the content",
        "TG845": "content that is to be published is not committed",
        "TG846": "the site that is to be published is empty",
        "TG847": "publishing would delete many files",
        "TG848": "the built site tells what is held back",
        "TG849": "the target holds files of somebody else",
        "TG851": "a host takes fewer rules or shorter ones",
    }
)
