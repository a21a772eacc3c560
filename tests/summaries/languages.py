"""Short articles in other languages, each with bullets that are true of it and with wrong ones."""

ARTICLES = {
    "fr": (
        """\
Le conseil municipal de Valombreuse a voté mardi soir la fermeture de la piscine des Tilleuls, \
vieille de 47 ans. Les travaux de réparation auraient coûté 3,2 millions d'euros, soit un dixième \
du budget de la ville, selon la maire, Solange Périnet.

Une nouvelle piscine ouvrira en 2028 près de la gare. D'ici là, les écoles iront nager à Corbeville, \
à 12 kilomètres. L'opposition n'a pas participé au vote et demande un référendum. « Nous ne voulons \
pas d'une ville sans eau », a déclaré Marc Delaunoy.\
""",
        (
            "Valombreuse ferme la piscine des Tilleuls après 47 ans",
            "Les réparations auraient coûté 3,2 millions d'euros",
        ),
        (
            "Valombreuse ferme la piscine des Tilleuls après 74 ans",
            "Les réparations auraient coûté 2,3 millions d'euros",
        ),
    ),
    "es": (
        """\
El tren que une Puerto Lindero con la capital volverá a circular el 5 de marzo, después de once \
meses de obras que costaron 18.500.000 euros. Las lluvias de abril se llevaron dos puentes y 300 \
metros de vía.

La ministra Pilar Arrechea dijo que el viaje durará 48 minutos, nueve más que antes, porque no \
se puede superar los 80 km/h en el tramo nuevo. Los vecinos no están contentos con el horario.\
""",
        ("El tren de Puerto Lindero vuelve el 5 de marzo", "Las obras costaron 18,5 millones de euros"),
        ("El tren de Puerto Lindero vuelve el 9 de marzo", "Las obras costaron 81,5 millones de euros"),
    ),
    "de": (
        """\
Die Stadt Ostheide sperrt ab Montag ihre älteste Brücke für Lastwagen über 7,5 Tonnen. Gutachter \
fanden Risse in zwei der vier Pfeiler. Die Sanierung soll 1,4 Millionen Euro kosten und bis 2027 \
dauern, sagte Baudezernentin Heike Vollrath.

Pro Tag fahren 12.500 Fahrzeuge über die Brücke. Der Rat hat den Neubau nicht abgelehnt, aber auch \
noch nicht beschlossen.\
""",
        ("Ostheide sperrt älteste Brücke für schwere Lastwagen", "12.500 Fahrzeuge fahren täglich über die Brücke"),
        ("15.200 Fahrzeuge fahren täglich über die Brücke", "Die Sanierung kostet 4,1 Millionen Euro"),
    ),
    "zh": (
        """\
云汀市政府周二宣布,从3月1日起,全市公交车将全部改用电力。目前共有1,240辆公交车,其中870辆\
仍使用柴油。

市长林若棠说,这项计划将花费6.5亿元,分三年完成。新车每天可行驶300公里,充电只需40分钟。\
""",
        ("云汀市公交车3月1日起全部改用电力", "计划花费6.5亿元,分三年完成"),
        ("云汀市公交车5月1日起全部改用电力", "计划花费5.6亿元,分三年完成"),
    ),
    "ja": (
        """\
青波市は火曜日、老朽化した水族館を来年3月に閉館すると発表した。1974年に開館し、これまでに2,3\
00万人が訪れた。

新しい水族館は駅前に建設され、総工費は85億円になる見通し。市長の三崎葉子氏は「イルカの展示は行わな\
い」と述べた。\
""",
        ("青波市、水族館を来年3月に閉館", "新しい水族館の総工費は85億円"),
        ("青波市、水族館を来年9月に閉館", "新しい水族館の総工費は58億円"),
    ),
    "ar": (
        """\
أعلنت بلدية وادي الزهر يوم الثلاثاء إغلاق الجسر القديم أمام الشاحنات ابتداء من 5 مارس. وعثر المهندسون \
على 14 شقا في أعمدته.

وستبلغ كلفة الإصلاح 3.2 مليون دولار، وتستمر الأعمال 18 شهرا، بحسب رئيسة البلدية هند الراشدي.\
""",
        ("بلدية وادي الزهر تغلق الجسر القديم أمام الشاحنات", "كلفة الإصلاح 3.2 مليون دولار"),
        ("عثر المهندسون على 41 شقا في أعمدة الجسر", "كلفة الإصلاح 2.3 مليون دولار"),
    ),
    "ru": (
        """\
Мэрия Белоречья во вторник объявила, что с 1 марта закроет старый мост для грузовиков. Инженеры \
нашли 14 трещин в опорах. Ремонт обойдётся в 320 миллионов рублей и займёт 18 месяцев, сообщила \
мэр Ольга Синицына.

Каждый день по мосту проезжают 12 500 машин. Автобусы пойдут в объезд.\
""",
        (
            "Белоречье закрывает старый мост для грузовиков",
            "Ремонт займёт 18 месяцев и обойдётся в 320 миллионов рублей",
        ),
        ("Ремонт займёт 81 месяц", "Инженеры нашли 41 трещину в опорах моста"),
    ),
    "hi": (
        """\
नीलगाँव नगर पालिका ने मंगलवार को कहा कि पुराना पुल 5 मार्च से ट्रकों के लिए बंद रहेगा। इंजीनियरों \
को खंभों में 14 दरारें मिलीं। मरम्मत पर 32 करोड़ रुपये खर्च होंगे और काम 18 महीने चलेगा।\
""",
        ("नीलगाँव का पुराना पुल 5 मार्च से ट्रकों के लिए बंद", "मरम्मत पर 32 करोड़ रुपये खर्च होंगे"),
        ("नीलगाँव का पुराना पुल 9 मार्च से ट्रकों के लिए बंद", "मरम्मत पर 23 करोड़ रुपये खर्च होंगे"),
    ),
}
