package reply

// signedSuffixes follow the name in a Chinese closing: 张三 敬上.
var signedSuffixes = []string{"敬上", "谨上", "謹上", "拜上"}

// valedictions end letters, by language.
var valedictions = phrases(`regards·best regards·kind regards·warm regards·warmest regards·kindest regards·with kind regards·with best regards·best·all the best·br·kr·rgds
bestregards·many regards
sincerely·yours sincerely·sincerely yours·yours truly·yours faithfully·yours·respectfully·cordially·best wishes·with best wishes·warmly
thanks and regards·thanks & regards·thank you and best regards·thanks and best regards·regards and thanks·thx & rgds·kindly
此致·敬礼·此致敬礼·祝好·顺祝商祺·顺颂商祺·祝商祺·商祺·此颂·即颂·近祺·时祺·顺颂时祺·顺祝·祝工作顺利·祝您工作顺利·祝您工作愉快·祝工作愉快·祝您生活愉快
祝一切顺利·祝顺利·敬上·谨上·致礼·致敬·顺致敬意·谨致问候·祝您愉快·祝安好·祝福·祝身体健康工作顺利·祝好谢谢·谢谢祝好·诚挚问候·最好的祝愿·最诚挚的问候
敬祝·順頌商祺·順祝商祺·祝好順利·敬禮·此致敬禮·敬祝商祺·敬祝商安
mit freundlichen grüßen·mit freundlichen grüssen·mit freundlichem gruß·mit freundlichem gruss·freundliche grüße·freundliche grüsse·viele grüße
viele grüsse·liebe grüße·liebe grüsse·beste grüße·beste grüsse·schöne grüße·herzliche grüße·mit besten grüßen·mit besten grüssen·grüße·gruß·gruss·mfg
lg·vg·hochachtungsvoll·freundlichst·viele grüße best regards
cordialement·bien cordialement·très cordialement·sincères salutations·meilleures salutations·bien à vous·bien à toi·salutations
salutations distinguées·respectueusement·amicalement·avec mes meilleures salutations·cdlt·cdt·bàv
saludos·un saludo·saludos cordiales·cordiales saludos·cordialmente·atentamente·atte·atentos saludos·un cordial saludo·un abrazo·muy atentamente
reciba un cordial saludo·abrazos
cordiali saluti·distinti saluti·un saluto·saluti·cordialmente·un cordiale saluto·i migliori saluti·con i migliori saluti·a presto
atenciosamente·atenciosos cumprimentos·cumprimentos·com os melhores cumprimentos·melhores cumprimentos·att·abraço·abraços·um abraço·cordialmente
saudações·grato
met vriendelijke groet·met vriendelijke groeten·vriendelijke groet·vriendelijke groeten·groet·groeten·groetjes·mvg·met hartelijke groet·hoogachtend
med vänlig hälsning·med vänliga hälsningar·vänliga hälsningar·vänlig hälsning·hälsningar·bästa hälsningar·mvh·hälsning·vh·med venlig hilsen
venlig hilsen·hilsen·mange hilsner·bedste hilsner·venlige hilsner·de bedste hilsner·kh·vh·kærlig hilsen·med vennlig hilsen·vennlig hilsen
med vennlige hilsener·vennlige hilsener·beste hilsen·hilsen fra
ystävällisin terveisin·terveisin·parhain terveisin·terveiset·yt·kunnioittavasti
pozdrawiam·z poważaniem·pozdrowienia·z wyrazami szacunku·serdecznie pozdrawiam·pozdrawiam serdecznie·łączę pozdrowienia·pozdr
s pozdravem·s přátelským pozdravem·zdravím·hezký den·s úctou·s pozdravom·s priateľským pozdravom
üdvözlettel·tisztelettel·üdv·szívélyes üdvözlettel·baráti üdvözlettel·köszönettel
cu stimă·cu respect·toate cele bune·o zi bună·cu prietenie·cu drag
с уважением·с наилучшими пожеланиями·всего доброго·с приветом·с пожеланиями·с уважением ваш·искренне ваш·з повагою·з найкращими побажаннями·щиро ваш
с уважение·поздрави·с поважением
saygılarımla·saygılarımızla·iyi çalışmalar·selamlar·sevgiler·iyi günler·saygılar
με εκτίμηση·φιλικά·με φιλικούς χαιρετισμούς·χαιρετισμούς
srdačan pozdrav·lijep pozdrav·pozdrav·s poštovanjem·lep pozdrav·lp·s spoštovanjem·s poštovanjem vaš·с поштовањем·поздрав
敬具·よろしくお願いいたします·よろしくお願いします·宜しくお願いいたします·以上よろしくお願いいたします·今後ともよろしくお願いいたします
감사합니다·드림·올림·안녕히 계십시오·בברכה·בכבוד רב·מיט·تحياتي·مع التحية·مع خالص التحية·وتفضلوا بقبول فائق الاحترام·با احترام
ขอแสดงความนับถือ·ด้วยความเคารพ·trân trọng·thân ái·trân trọng kính chào·kính thư·salam hormat·hormat saya·salam·yang benar
salutacions·cordialment·atentament·lugupidamisega·parimate soovidega·ar cieņu·pagarbiai·su pagarba·bestu kveðjur·kveðja`)

// thanks end a letter too, but say something.
var thanks = phrases(`thanks·thank you·many thanks·thanks a lot·thx·cheers·thanks in advance·thank you very much·谢谢·多谢·感谢·非常感谢·谢谢您·謝謝·danke·vielen dank
besten dank·merci·gracias·muchas gracias·grazie·obrigado·obrigada·bedankt·dank je·tack·tak·takk·kiitos·dziękuję·děkuji·köszönöm·mulțumesc·спасибо
дякую·teşekkürler·ευχαριστώ·ありがとうございます`)
