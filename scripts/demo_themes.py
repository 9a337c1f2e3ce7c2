"""The themes that the demonstration corpus is drawn from: hand-written words, most frequent first.

Words that stand in several themes (bank, pitch, key, bass, court, ...) are there on purpose: only
the company that a word keeps tells which theme it came from.
"""

THEMES = {
    "architecture": """building column arch roof wall design facade tower brick dome house window plan
        stone floor concrete vault church bridge beam architect cathedral foundation gothic ceiling
        door stair court courtyard porch glass timber spire frame terrace capital ornament""",
    "astronomy": """star galaxy telescope orbit planet moon light nebula comet asteroid eclipse gravity
        cluster spectrum supernova satellite dwarf constellation parallax crater meteor cosmic
        redshift universe quasar pulsar solar lunar dust mass lens sky luminosity mirror field""",
    "beekeeping": """bee hive honey queen colony swarm comb wax frame brood drone pollen nectar worker
        smoker keeper apiary larva sting mite forage cell propolis clover extractor veil royal
        winter flower feeder jar syrup cluster harvest""",
    "chess": """king queen pawn bishop knight rook board check move mate opening castle endgame master
        sacrifice gambit square clock opponent draw match attack fork file rank pin defence
        tournament blunder tempo grandmaster variation piece stalemate title exchange""",
    "coffee": """coffee bean roast espresso cup grind brew milk barista aroma filter bitter crema cafe
        water arabica robusta flavour blend steam latte cappuccino acidity grinder kettle caffeine
        mug press dose foam harvest pour mocha sip plantation body""",
    "computing": """program code computer memory software bug server network file key data compiler disk
        processor keyboard algorithm screen user byte string bus driver port stack loop thread
        monitor password protocol cache library function array branch shell bit""",
    "cooking": """recipe oven butter flour sugar salt pan boil sauce onion garlic dough bake knife pepper
        cream simmer roast stir pinch tablespoon broth soup chop fry egg cheese grill seasoning dish
        kitchen herb pie serve bowl""",
    "cycling": """bike wheel gear pedal rider saddle race climb chain tyre stage brake sprint handlebar
        helmet frame peloton spoke road tour mountain jersey track puncture cadence team descent
        crank pump lane breakaway trial course bell rim""",
    "finance": """bank interest loan stock market bond share price investor credit currency debt fund rate
        capital dividend account portfolio inflation trade profit deposit asset risk exchange
        mortgage broker tax yield equity cash audit hedge balance charge option""",
    "fishing": """fish river hook bait rod line reel trout salmon lake catch bass fly net cast boat float
        tackle angler bank stream carp pike lure current scale pool fin tide perch gill trawl bite
        pond worm""",
    "football": """goal match player team coach league pitch ball striker penalty referee defender
        midfield keeper corner tackle season cup stadium header pass score foul kick half fan
        transfer derby substitute offside captain wing cross draw squad shot""",
    "gardening": """plant soil seed garden flower root leaf prune compost bed water weed rose lawn bulb
        shrub mulch hedge tomato pot herb stem harvest spade greenhouse fertilizer bloom pest slug
        shade sow trellis vine perennial season""",
    "geology": """rock mineral fault layer volcano sediment crust lava basin quartz plate granite erosion
        fossil magma earthquake limestone sandstone cave crystal mantle vein bed seismic basalt
        strata glacier gneiss marble ore clay fold shale slate deposit outcrop""",
    "law": """court judge law case trial evidence appeal defendant jury contract witness lawyer statute
        plaintiff verdict bar claim property liability sentence counsel bench party crime ruling tort
        damages clause hearing bail charge brief custody oath precedent""",
    "medicine": """patient disease doctor treatment hospital symptom dose drug blood surgery infection
        diagnosis heart nurse clinical therapy pain fever cell tumour vaccine trial chronic artery
        lung virus antibiotic pressure scan wound bone immune kidney liver tissue""",
    "mountaineering": """summit climb rope peak ice ridge glacier expedition camp ascent guide altitude
        pitch avalanche axe route base snow anchor crampon harness belay wall descent oxygen tent
        face carabiner crevasse knot weather sherpa cliff slope boot""",
    "music": """note melody song chord rhythm bass guitar piano orchestra key violin band concert album
        singer pitch harmony tempo drum opera string scale tune composer bow choir beat sonata flute
        trumpet record conductor score bar quartet minor""",
    "painting": """canvas brush paint colour portrait artist oil landscape gallery sketch palette pigment
        light shadow exhibition watercolour frame museum line easel perspective composition varnish
        scene master mural figure studio tone stroke fresco tint draw""",
    "photography": """camera lens photograph exposure film shutter aperture focus flash light tripod
        negative frame portrait shot print filter contrast darkroom image sensor zoom landscape
        focal grain battery blur speed studio macro develop digital depth pixel album""",
    "sailing": """boat sail wind mast deck harbour anchor hull keel rudder tack crew knot bow stern jib
        rigging tide port helm buoy boom spinnaker skipper yacht sheet regatta line compass lee wake
        current chart pitch course""",
    "tennis": """serve court racket match set ball volley net player backhand forehand point game ace
        tournament umpire deuce baseline rally grass clay smash title break seed lob draw champion
        slice spin return final opponent advantage""",
    "textiles": """thread fabric cotton wool weave yarn loom silk cloth pattern dye needle sew linen knit
        stitch spin spindle felt lace fibre seam hem embroidery quilt warp weft tapestry shuttle
        print bobbin braid ribbon tailor velvet""",
    "theatre": """play stage actor scene audience director act comedy drama curtain cast script rehearsal
        tragedy costume role character dialogue applause prop set playwright company theatre
        lighting box cue prompt line critic wing understudy season monologue backstage""",
    "trains": """train railway station track engine locomotive carriage passenger signal platform freight
        conductor steam line driver tunnel junction timetable express wagon gauge bridge diesel
        sleeper ticket brake coach rail depot commuter delay viaduct coal car""",
    "weather": """rain wind storm cloud temperature forecast snow pressure front humidity thunder sunshine
        drought climate flood frost fog hurricane lightning hail degree breeze barometer tornado cold
        season heat rainfall sky gale monsoon mist shower ice wave blizzard""",
}

# Words that every document uses whatever it is about.
COMMON = """time people year day way good great first long little make take find use work place thing part
    new old small large high low begin end keep give show tell know look want need often early
    late left right side name number word world life hand eye week month hour kind example question
    reason result idea fact group change help today"""

COMMON_NAME = "common words"
