"""English words that the finder and the checks treat by name."""

# Words that say nothing of what a sentence is about; "says" and its kin stand in every news story.
STOP_WORDS = frozenset(
    """
    a about above according across after again against ago all almost along already also although am among an and
    another any anyone anything are around as at away back be became because become becomes been before being below
    between both but by came can could did do does doing done down during each either else even ever every few for
    from further get gets getting got had has have having he her here hers herself him himself his how however i if in
    including indeed instead into is it its itself just last least less let like made make makes making many may me
    meanwhile might more most much must my myself near need nearly new next now of off often on once one only onto or
    other others our ours ourselves out over own per perhaps put quite rather really same see seems several shall she
    should since so some still such take taken takes taking tell tells than that the their theirs them themselves then
    there these they thing things this those though through thus to told too took toward towards under until up upon us
    use used using very via was way we well went were what when where whether which while who whom whose why will with
    within would yet you your yours yourself
    say says said saying added adding adds asked
    aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mustn't needn't shouldn't wasn't weren't
    won't wouldn't cannot ain't i'm i've i'd i'll it'd it'll he'd he'll she'd she'll they're they've they'd they'll
    we're we've we'd we'll you're you've you'd you'll who've who'd who'll that'll there'd there'll let's
    no nor not never none nobody nothing without
    photo photos video videos pictured image images caption read watch gallery
    der die das den dem des ein eine einer eines einem einen und oder aber nicht ist sind war waren wird werden wurde
    hat haben mit von vom zu zum zur im am an auf für bei nach aus als auch sich es er sie wie so noch nur über um
    """.split()
)

IRREGULAR = {
    form: base
    for base, forms in (
        line.split(": ")
        for line in """
begin: began begun beginning
blow: blew blown
break: broke broken
bring: brought
build: built
burn: burnt
buy: bought
catch: caught
choose: chose chosen
come: came
deal: dealt
die: died dies dying dead death deaths deadly
draw: drew drawn
dream: dreamt
drink: drank drunk
drive: drove driven
eat: ate eaten
fall: fell fallen
feed: fed
feel: felt
fight: fought
find: found
flee: fled
fly: flew flown flies
forbid: forbade forbidden
forget: forgot forgotten
forgive: forgave forgiven
freeze: froze frozen
get: got gotten
give: gave given
go: went gone goes
grow: grew grown growth
hang: hung
hear: heard
hide: hid hidden
hold: held
keep: kept
know: knew known knowledge
lay: laid
lead: led
learn: learnt
leave: left leaves leaving
lend: lent
lie: lied lying
light: lit
lose: lost loss losses
marry: married marriage marries
mean: meant
meet: met
overcome: overcame
overtake: overtook overtaken
pay: paid
prove: proven
quit: quitted
ride: rode ridden
ring: rang rung
rise: rose risen
run: ran running
see: saw seen sees
seek: sought
sell: sold sale sales
send: sent
shake: shook shaken
shoot: shot shots
shrink: shrank shrunk
sing: sang sung song songs
sink: sank sunk
sit: sat
sleep: slept
speak: spoke spoken speech
speed: sped
spend: spent
spin: spun
split: splitting
spread: spreading
spring: sprang sprung
stand: stood
steal: stole stolen
stick: stuck
sting: stung
strike: struck stricken
swear: swore sworn
sweep: swept
swim: swam swum
swing: swung
take: took taken
teach: taught
tear: tore torn
think: thought thoughts
throw: threw thrown
tread: trod
undergo: underwent undergone
understand: understood
wake: woke woken
wear: wore worn
weep: wept
win: won winner winners
withdraw: withdrew withdrawn withdrawal
write: wrote written writer
arrive: arrival arrivals
propose: proposal proposals
refuse: refusal
remove: removal
deny: denial denials denied denies
behave: behavior behaviour
child: children kid kids
foot: feet
goose: geese
life: lives
man: men
mouse: mice
person: people persons
tooth: teeth
wife: wives
woman: women
half: halves
thief: thieves
knife: knives
wolf: wolves
mother: mom mum moms mums
father: dad dads
police: cop cops policeman policemen policewoman
spokesperson: spokesman spokeswoman spokespeople
percent: percentage cent
program: programme programmes programs
grey: gray
check: cheque cheques
tire: tyre tyres
jail: gaol prison prisons
good: better best
bad: worse worst
""".strip().splitlines()
    )
    for form in forms.split()
}

# Words of headlines for words of stories: each line comes to its first word.
SYNONYMS = {
    word: line.split()[0]
    for line in """
kill die dead fatal slain slay
injure wound hurt injury
rise increase climb soar jump surge
fall drop plunge decline decrease slump tumble
reduce cut slash
buy purchase acquire
start begin launch
end finish complete
quit resign
probe investigation inquiry investigate inquire
pledge vow promise
help aid assist
huge large big massive
former ex
fan supporter
firm company business
worker staff employee
talks negotiation negotiate
survey poll
troop soldier
teen teenager teenage teenaged
sack dismiss
house home
baby infant
doctor dr physician medic
allow let permit
stop halt cease
plane aircraft airplane jet aeroplane airliner
ship vessel boat
film movie
quake earthquake
explode explosion blast bomb bombing
separate split
marry wed wedding
militant insurgent rebel
retaliate revenge retaliation avenge
danger risk dangerous
attorney lawyer
tv television
usa american america
uk british britain briton
chief boss
condemn criticize slam
crash collide collision
demand urge
fire blaze
flee escape
photo photograph picture
wait await
get obtain receive
choose pick select
stay remain
save rescue
discover find
build construct
kidnap abduct
fix repair
guess estimate
cancel scrap
unveil announce
suggest propose
children child youngster
shop store
phone telephone handset
""".strip().splitlines()
    for word in line.split()
}

NEGATIONS = frozenset(
    """
    no not never none nobody nothing nor neither without cannot can't couldn't didn't doesn't don't hadn't hasn't
    haven't isn't mustn't needn't shouldn't wasn't weren't won't wouldn't aren't ain't nowhere hardly barely
    nicht kein keine keinen keiner nie niemals ohne
    """.split()
)
# Verbs and adjectives that deny what follows them: a bullet may say "does not" where the story says "refuses to".
DENIALS = frozenset(
    """
    deny denies denied denying denial refuse refuses refused refusing refusal reject rejects rejected rejecting
    decline declines declined declining fail fails failed failing failure lack lacks lacked lacking lack unable
    unlikely avoid avoids avoided avoiding prevent prevents prevented preventing stop stops stopped stopping
    ruled rule rules halt halts halted ban bans banned banning barred cancel cancels cancelled canceled
    dismiss dismisses dismissed disputes dispute disputed absent absence missing unclear unknown uncertain
    impossible few little zero free clear cleared acquitted innocent innocence off against forget forgot
    rarely seldom scarcely insufficient inadequate unchanged unharmed unhurt unaware unavailable stay stays
    remain remains remained far yet only too under
    """.split()
)

# What is the opposite of what: either side may hold several words.
ANTONYMS = """
rise increase climb soar jump surge gain grow | fall drop plunge decline decrease slump shrink
raise lift boost | lower cut reduce slash
more | less fewer
most | least
over above | under below
before | after
up | down
win victory beat | lose defeat
accept agree approve | reject refuse decline oppose disagree
back support favour endorse | oppose criticize reject condemn
allow permit let | ban forbid prohibit bar prevent block
begin start launch open | end finish stop close shut halt
hire appoint | fire sack dismiss
guilty convict | innocent acquit
alive survive | dead die kill
first | last final
high | low
long | short
large big huge | small tiny little
old elderly | young new
early | late
good | bad
best | worst
better | worse
strong | weak
strengthen | weaken
expand widen extend | shrink narrow
fast quick rapid | slow
success succeed | fail failure
arrive enter join | leave quit exit
admit confirm confess | deny
legal lawful | illegal unlawful
include | exclude
safe | dangerous unsafe risky
possible likely | impossible unlikely
happy delighted | sad unhappy upset
rich wealthy | poor
hot warm | cold cool
friend ally | enemy rival
love like | hate dislike
north northern | south southern
east eastern | west western
male man boy | female woman girl
mother | father
son brother | daughter sister
husband | wife
top | bottom
public | private
major | minor
majority | minority
always | never
all everyone everybody | none nobody
everything | nothing
inside | outside
release free | arrest detain imprison jail capture
keep retain | drop abandon scrap
pass | fail
remember | forget
find | lose
attack | defend
add | remove
advance | retreat
cause | prevent
peaceful calm | violent
positive | negative
full | empty
heavy thick | light thin
cheap | expensive costly
true | false
right correct | wrong incorrect
same similar | different
together | apart
buy purchase | sell
send | receive
give | take
push | pull
remain stay | leave quit
healthy well | sick ill
careful | careless
common | rare
easy simple | difficult hard
clean | dirty
war | peace
profit | loss
credit | debt
day | night
summer | winter
optimistic hopeful | pessimistic
improve | worsen deteriorate
create build | destroy demolish
hide conceal | reveal expose show
appear emerge | disappear vanish
married | divorced
present | absent
urban | rural
domestic | foreign
temporary | permanent
voluntary | compulsory mandatory
reward praise | punish criticize
encourage | discourage
attract | repel
protect | endanger threaten
united | divided
known | unknown
able | unable
sufficient adequate | insufficient inadequate
stable | unstable
secure | insecure
active | inactive
complete | incomplete
popular | unpopular
usual | unusual
expected | unexpected
available | unavailable
""".strip().splitlines()

# Titles and general abbreviations: no names, though they have capitals.
TITLES = frozenset(
    """
    mr mrs ms miss dr sir lady lord dame baroness president vice minister prime premier chancellor secretary senator sen
    sens rep reps gov governor mayor judge justice general gen colonel col captain capt sergeant sgt lieutenant lt
    major officer chief executive professor prof king queen prince princess pope archbishop bishop cardinal father
    sister brother rev reverend sheriff inspector detective superintendent constable pc ambassador attorney congressman
    congresswoman councillor director chairman coach ceo cfo coo pm mp mps tv id gp gps dj vip phd md ma ba am pm
    est gmt et pt bst dna hiv aids cctv uv ufo gdp hd dvd cd pr it ex internet web
    """.split()
)
# Words before the colon of a headline.
LABELS = frozenset(
    "NEW EXCLUSIVE VIDEO VIDEOS PHOTO PHOTOS WATCH READ OPINION UPDATE UPDATED LIVE BREAKING POLL REVEALED".split()
)
# Peoples whose name does not share a stem with their country's.
DEMONYMS = {
    word: line.split(": ")[0]
    for line in """
argentina: argentine argentinian
britain: british briton britons brit brits uk
denmark: danish dane danes
england: english
finland: finnish finn finns
france: french frenchman frenchwoman
greece: greek greeks
ireland: irish
lebanon: lebanese
netherlands: dutch holland
norway: norwegian norwegians
philippines: filipino filipina filipinos philippine
poland: polish pole poles
portugal: portuguese
scotland: scottish scots scot
spain: spanish spaniard spaniards
sweden: swedish swede swedes
switzerland: swiss
thailand: thai thais
turkey: turkish turk turks
wales: welsh
australia: aussie aussies
texas: texan texans
germany: german germans
afghanistan: afghan afghans
iraq: iraqi iraqis
iran: iranian iranians
""".strip().splitlines()
    for word in line.split(": ")[1].split()
}

# Words of grammar, which a negation does not bear on.
FUNCTION_WORDS = frozenset(
    """
    a about an and any anyone anything are as at be been being but by can could did do does for from had has have he
    her him his i in into is it its may might must of on or our she should so such that the their them there these they
    this those through to was we were what when where which while who will with would yet you your ever even any more
    """.split()
)

# Days and months, which stand anywhere in a story, as keys.
CALENDAR_STEMS = frozenset(
    "mondai tuesdai wednesdai thursdai fridai saturdai sundai januari februari march april mai june juli august septemb"
    " octob novemb decemb".split()
)
