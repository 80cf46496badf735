package reply

// writeVerbs are the words for "wrote" in the attributions of Gmail, Apple Mail, Outlook, Thunderbird, Yahoo, and the Chinese mail
// services, in lower case, without the endings that vary.
var writeVerbs = []string{
	"wrote", "writes", // en
	"写道", "寫道", "写到", "的来信", "来信说", "写了", "撰寫", "撰写", "發表", // zh
	"schrieb", "geschrieben", // de
	"écrit", "ecrit", // fr
	"escribió", "escribio", "escribiu", // es, gl
	"escreveu", "escrito", // pt
	"scritto", "scrisse", // it
	"schreef", "geschreven", // nl
	"skrev", "skreiv", // sv da no
	"kirjoitti",                          // fi
	"napisał", "napisana przez", "pisze", // pl
	"napsal", "píše", // cs
	"napísal",                                               // sk
	"napisao", "napisala", "napisal", "написао", "je pisao", // hr sr sl
	"написа", "пише", "пишет", "писал", // ru uk bg
	"напісаў",     // be
	"írta", "írt", // hu
	"a scris", "scris:", // ro
	"yazdı", "yazmış", "yazdi", // tr
	"έγραψε", "γράφει", // el
	"のメール", "書きました", "書いた", "からのメッセージ", // ja
	"작성", "썼습니다", "쓴 글", // ko
	"כתב",          // he
	"كتب", "كتابة", // ar
	"نوشت",             // fa
	"เขียน",            // th
	"đã viết", "viết:", // vi
	"menulis",                                 // id ms
	"missatge de", "va escriure", "ha escrit", // ca
	"idatzi",               // eu
	"kirjutas",             // et
	"rakstīja", "rakstija", // lv
	"rašė", "parašė", // lt
	"skrifaði",            // is
	"shkroi", "shkruajti", // sq
	"लिखा", "ने लिखा", // hi
	"লিখেছেন", "লিখলেন", // bn
	"எழுதியது", "రాశారు", "લખ્યું", "ಬರೆದರು", "എഴുതി", // ta te gu kn ml
	"nagsulat", "sumulat", // fil
	"aliandika", "skryf", // sw af
}

// closingVerbs end an attribution by themselves where the client writes no colon.
var closingVerbs = words(`wrote wrote: schrieb écrit scritto escribió escreveu schreef geschreven skrev kirjoitti napisał napisał(a)
	napsal napsal(a) yazdı írta 写道 寫道 написал писал пишет пише pisze έγραψε написа`)

// pronounPhrases tell prose from attribution: "on Monday I wrote:" is a person's sentence.
var pronounPhrases = []string{
	"i wrote", "we wrote", "he wrote", "she wrote", "they wrote", "you wrote", "i have written", "which wrote", "that wrote", "i said", "we said",
	"schrieb ich", "ich schrieb", "schrieben wir", "j'ai écrit", "nous avons écrit", "escribí", "ho scritto", "schreef ik", "skrev jag", "skrev jeg",
	"我写道", "我们写道", "邮件中写道", "邮件里写道", "的邮件中", "的邮件里", "文档中", "报告中", "日志中",
}

// openers begin an attribution: prepositions before a date, and days of the week as clients shorten them.
var openers = words(`on at am le el il em op den på à w dnia dniu dne dňa u v la în in στις на у ở vào pada tanggal noong a az
	在 于 於 missatge kontakt date von from
	mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
	mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag
	lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche
	lun mar mié mie jue vie sáb sab dom gio ter qua qui sex seg
	ma di wo do vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
	mån tis ons tor tors fre lör sön man tir tirs ons tors lør søn
	ma ti ke to pe la su maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
	pon wt śr czw pt sob niedz ndz po út st čt pá so ne pi št ut ned sri čet pet sub tor sre
	пн вт ср чт пт сб вс нд понедельник вторник среда четверг пятница суббота воскресенье сре чет пет суб нед пон уто
	h k sze cs szo v mie joi vin dum pzt sal çar per cum cmt paz
	δευ τρί τετ πέμ παρ σάβ κυρ บ ในวันที่ في בתאריך ב- trešd pirmd otrd ceturtd piektd sestd svētd pr an tr kt pn št sk`)
