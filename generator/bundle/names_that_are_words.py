"""Names that are words too: “will young people”, “dash” are no pupils, “Will Young” and “D. Ash” may be."""

from __future__ import annotations

import re

SURNAMES = frozenset(
    re.findall(
        r"\w+",
        """april ash august bank banks bell best bird bishop black bloom booth bridge brook brown bush case chance child
        church cook cross day dean english field finch fish fisher flower ford forest fox french friend
        frost gold good grace gray green grey hall hand hands head heath hill hills holland home hope house
        hunt ireland joy june king knight lake lamb lane law little london long lord love low major march
        marsh mason may mills moody moon moore moss mother noble north page park parks parent pool poor pope
        power pratt price prince read reed rice rich ring rivers road root rose sharp short silver small
        smart snow south spring stone storm street strong summer summers swan sweet swift teacher trust ward
        water waters weeks well wells welsh west white winter winters wise wolf wood woods word work young""",
    )
)
"""Surnames that are words too: by themselves they are taken for a name only within a sentence, with a capital."""

FIRST_NAMES = frozenset(
    re.findall(
        r"\w+",
        """amber an angel april art august autumn bill blessing bob brook chance charity chase chuck cliff crystal daisy
        dale dawn dean destiny don drew earl eve faith forest frank gene genesis glen grace grant guy harmony heath
        heather hazel holly honour hope hunter iris ivy jack jade jay jean joy june justice king lance lily lucky
        major mark martin mason max may melody mercy miles miracle nick noble norm olive pat patience pearl penny
        pierce piper poppy precious prince princess promise prudence ray reading rich river rob robin rod rose
        royal ruby rusty sandy scout serenity sky sonny star sterling sue summer sunny tiger treasure trinity true
        unity victor victory violet wade ward will winter wisdom woody""",
    )
)
"""First names that are words too."""

_JOINED = frozenset(
    re.findall(
        r"\w+",
        """alight amass aside ball balls beast bellis berry bless block blocks bowen bowens brain brains brook
        bright brush bryan care cart chart charts chick chicks clark clay clear clock clocks coates crook crow crush
        dalton dames dennis dives drain drains ever fallen faster feast fever fives flame flames flaw flee fleece flight
        flock fright games garden garner glee grain grains granger gray grow growing harden hedge james jewell jingle
        keys ladder layer least ledge lever lives master mills mist names near never okay open opened party
        payer plane plate play player plight pray pride proper scale share shale shallow shaw shear shell shirt shore
        shorn shunt single slay slight slope small smart smith snell soak spark sparks spence spike spratt stack
        stale stand steel stone stones stow strain stranger stubbs stuck swain sway tennis thick thorn thorne train
        trains tray trees trent trice trust twain walden walton warden welder whale wives yearly yeast""",
    )
)
"""What an initial and a surname make that are written as one and are a word or another name: T. Rees, “trees”."""

_ACCOUNTS = frozenset(
    re.findall(
        r"\w+",
        """anal annex anno area aria arid arty bakers bakery barbs bead beak beal beam bean beans bear beard
        bears beat beau beef been beep beer beers bees beet belle belly bend bent billy bond bonds bone boned
        bones boot bowl bowlers bowls brand brands briefs bully burns burnt bushy calf call calm came camp
        camps cams canes cannons card cards cared carer carol carols carp carried carrier carries cars castles
        cats chant chased chaser chasm chef chew chic chin chip christ clam cold colt coral corny cranes crowd
        crown cute cuts dank dart darts dash deal deals dealt deed deem deep deer deli dell dens dent dine
        dish dome done dose dote dots dough doves ducks dukes early edit emus even evens farmers ferns firsts
        fishery fishy floods flop flow flowery fosters frosty gales gardeners gems gills gilt glassy graced
        gravel graves greener grins groves guests halt hams handy hanks harem hares hays heady hilly homer
        hoods hoped horned hornet horns horny hosts housed hulls jaded jogs jokes judged judges kids kilts
        kite kits lama lame lamp lancer lancet lawn lawns lead leaf leafs leafy leak lean leans leap leek
        leeks lend lens lent less lilac line lines link lint lion lions lists live loud loved lover lower
        lowest lynx main male mall malls malt mane many maps mare marry mart mash mast mate math maths mats
        matte maxi melt menu mile millers mimic mini minis mole moles moms moored mops morn moth myth name
        nans neath news newt nicer normal oaks oxen paced paces pained pains paint palms part parts pass past
        paste pate path paths peak pear pearly pears peas peat peels pegs picked picks picky pierced pikes
        pine pines pipe pipes pips pits plants poll polls port porter porters ports posts potters pottery
        pounds priced pricey priory promised raft rafts raid rail rails rain rains rainy ramp ramps rams ranks
        ready regal renal renew richer ripe robe robes rode rosy rowed rower sage sale sales salt salts salty
        same sand sands savages scots seals seam seat sell sells send sent sewn shades shawl shields shorty
        side sides sigh sign silks silky silvery since sing singers sings sink sins skills skins slam snowy
        sold sole soles spears speeds speedy spends stalk stall stare stark start steals steely stew stoned
        stoner stoney stormy stub stud stun sued sugars sugary sung sunk suns tall tally tame tang tank tape
        tart tell tells test tests thaw them theme then they thorny tile time timed timer times tins toads
        tomb tome tone tongs tonic tons tops tore torn tort toys trans treasured trip trips truer trusty turns
        twine twins vale vane vans vase vice vines vows waits wakes walkers walks walls warms wasps waste
        wasted watery wears weird wheels whiter wilder wilds wily wind wine wing wings wink wins wiser witty
        wont wool worms worthy yard yards""",
    )
)
"""What a first name or a surname and an initial make that are a word, as stands behind a number: Tim Evans, “3time”."""

_SHORT = 2
"""Letters of what is a word nearly always: “an”, “to”, “so”."""


def is_word(word: str) -> bool:
    """True for a name, as it is compared, that is a word of its own."""
    return len(word) <= _SHORT or word in SURNAMES or word in FIRST_NAMES


def is_word_joined(letters: str) -> bool:
    """True for an initial and a surname as one, as in an address for mail, that are a word: “trees”, not “jpeters”."""
    return is_word(letters) or letters in _JOINED


def is_word_behind_number(letters: str) -> bool:
    """True for a name and an initial as one that are a word, also of several: “24marks”, “3time”, not “22petersj”."""
    return len(letters) <= _SHORT + 1 or any(
        is_word_joined(one) or one in _ACCOUNTS for one in (letters, letters.removesuffix("s"))
    )
