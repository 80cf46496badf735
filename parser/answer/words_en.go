package answer

import "strings"

// english is the table of English phrases. "'" is optional in what people type, so both spellings stand here.
var english = map[class]string{
	filler: `it|it's|its|this|that|that's|thats|the|a|an|my|our|me|i|i'm|im|i've|ive|we|we've|is|are|was|were|be|been|has|have|had|does
do|did|am|so|and|also|too|very|really|totally|completely|fully|entirely|100%|just|all|everything|everyone|both|finally|indeed|actually
definitely|there|here|of|on|in|at|to|with|for|by|from|as|well|issue|issues|problem|problems|matter|ticket|case|request|issue is|problem is
printer|email|e-mail|mail|mailbox|outlook|vpn|erp|crm|oa|wifi|wi-fi|network|internet|laptop|computer|pc|machine|system|account|password
access|screen|monitor|phone|app|application|teams|excel|word|page|site|website|software|file|files|folder|share|drive|mouse|keyboard
headset|camera|scanner|sap|server|browser|for me|for us|on my side|on my end|at my end|from my side|from my end|on my laptop
on my computer|on my pc|on my machine|after the restart|after restart|after a restart|after restarting|after reboot|after rebooting
after a reboot|as expected|as before|like before|as it should|as you said|as you told|as you told me|as you suggested|as suggested
as you asked|as instructed|as advised|as usual|tested|i tested|i've tested|i tested it|just tested|tried|i tried|i tried it|i have tried
just tried|checked|i checked|i have checked|verified|hereby|side|end|new|old|la|lah|lor|haha|for your info|fyi|yet|today's`,
	solid: `solved|resolved|fixed|all sorted|sorted now|sorted out|works|works fine|works well|works great|works perfectly|works again|works now
works ok|working|working fine|working now|working well|working again|working perfectly|working properly|works properly|works like a charm
worked|that worked|it worked|works as expected|solved it|fixed it|resolved it|solved the problem|solved the issue|fixed the problem
fixed the issue|resolved the issue|resolved the problem|did the trick|that did it|problem solved|issue resolved|issue solved|issue fixed
all good|all good now|all ok|all ok now|all okay now|all fine|all fine now|all fine again|all works|all set|good now|fine now|fine again
good again|okay now|ok now|ok again|ok already|okay already|is ok now|is fine now|it's ok now|it's fine now|back to normal|up and running
up and running again|back online|runs fine|running fine|runs again|no more problems|no more issues|no more errors|no more problem
no more issue|no more error|no problems anymore|no issues anymore|no longer an issue|no longer a problem|not an issue anymore
no issues now|no problem now|no problems now|no issue now|no errors now|gone now|problem is gone|issue is gone|error is gone
the problem is gone|the error is gone|problem gone|error gone|issue gone|normal now|normal again|please close the ticket
you can close the ticket|you can close this ticket|you can close it|you may close the ticket|you may close this ticket
ticket can be closed|this ticket can be closed|please close this ticket|pls close the ticket|pls close ticket|please close ticket
can be closed|confirmed working|confirm solved|confirmed solved|confirmed fixed|confirm fixed|confirmed resolved|confirm resolved
solved thanks`,
	stem:  `work|solve|fix|resolve|sort`,
	vouch: `confirm|confirmed|i confirm|i confirm it|i can confirm|i hereby confirm|confirm it|i confirm this|i confirm that`,
	bad: `still broken|broken again|still the same|still same|same issue|same problem|same error|same as before|the same problem
the same issue|the same error|still same issue|still same problem|the same|nothing changed|nothing has changed|no change|no changes
no difference|no improvement|no luck|no joy|no success|no go|without success|to no avail|nope|nah|unsolved|unresolved|unfixed|not ok
not okay|not good|not fine|no good|not yet|didn't help|didnt help|did not help|doesn't help|doesnt help|does not help|not helping
not helped|no help|hasn't helped|it's back|its back|it is back|problem is back|issue is back|error is back|the problem is back
the error is back|is back again|problem returned|issue returned|error returned|came back|has returned|comes back|keeps coming back
coming back|happened again|happens again|happening again|still happening|still happens|it happened again|occurred again|occurs again
appeared again|appears again|down again|failed again|crashed again|still down|still an issue|still a problem|still having issues
still having the issue|still having the problem|still having problems|still having this issue|still having this problem
still have the issue|still have the problem|still have this issue|still have this problem|still have problems|still have issues
still there|still persists|persists|still exists|problem persists|issue persists|problem remains|issue remains|problem still exists
issue still exists|still no|still nothing|still stuck|still unable|still failing|still fails|still slow|still an error
still getting the error|still getting the same error|still getting errors|still getting an error|still get the error
still get the same error|still get an error|still get errors|still open|stopped working|stopped working again|stops working|not solved
not resolved|not fixed|no longer works|no longer working|no longer work|can not use|cannot use|can't use|cant use|not usable|unusable
useless|back again`,
	deny: `no|not at all`,
	undone: `didn't|didnt|did not|hasn't|hasnt|has not|haven't|havent|have not|still haven't|still hasn't|still havent|still hasnt
still have not|still has not`,
	not: `not|isn't|isnt|wasn't|wasnt|aren't|arent|doesn't|doesnt|don't|dont|can't|cant|cannot|couldn't|couldnt|won't|wont|wouldn't
never|none|neither|unable to|nothing|ain't|without|unable|not able to|not been`,
	noMore: `no longer|no more`,
	still:  `still|keeps|keep|continues to|continues|constantly|always`,
	again:  `again|once again|once more`,
	trouble: `error|errors|slow|crash|crashes|crashed|crashing|fail|fails|failed|failing|failure|broken|freezes|frozen|freeze|hangs|hang
disconnects|disconnected|disconnecting|drops|dropping|bug|bugs|wrong|down|lost|missing|trouble|timeout|times out|lag|lags|lagging|loading
problematic|disappeared|stuck|dissatisfied|not satisfied|unhappy|worse|unstable`,
	recur: `happen|happens|happened|happening|occur|occurs|occurred|occurring|appear|appears|appeared|persist|show up|shows up|popped up
pops up|returned|returns|come back`,
	can: `can|can now|able to|i'm able to|am able to|could|was able to|were able to|are able to|we can|i can|now able to`,
	verb: `log in|login|logon|log on|sign in|print|open|connect|send|receive|use|use it|access it|see it|see|log into|log in to
send mail|send and receive|start|boot|scan|download|upload|save|edit|work with|reach|read|hear|join|sync|install|log in normally`,
	done: `already|successfully`,
	now:  `now|anymore|any more|any longer|since today|today|at present|currently|right now|by now|this time`,
	past: `before|earlier|yesterday|previously|at first|first|initially|last week|this morning|last time|originally|used to|ago
the other day`,
	polite: `thanks|thanks for trying|thank you for trying|thanks for looking|thank you|thank u|thankyou|thx|tks|tnx|thanx|thks|ty|tyvm
many thanks|thanks a lot|thanks so much|thank you so much|thank you very much|thanks very much|much appreciated|appreciated|appreciate it
i appreciate it|we appreciate it|cheers|big thanks|received|received with thanks|noted|noted with thanks|well noted|got it|understood|ok
okay|k|okey|oki|ok thanks|okie|sure|alright|all right|fine|yes|yep|yeah|yup|ya|right|correct|great|good|very good|perfect|excellent
awesome|nice|cool|brilliant|super|wonderful|lovely|fantastic|amazing|good job|great job|well done|nice work|great work|good work
great service|great support|good service|excellent service|fast|quick|very fast|very quick|quick response|fast response|prompt response
your help|your support|help|support|your quick help|quick help|your time|your patience|kind help|your kind help|your quick response
your effort|your efforts|all your help|the help|the quick help|the support|the fast help|the info|the information|the update|update
letting me know|you're welcome|youre welcome|you are welcome|welcome|no problem|no worries|no prob|np|my pleasure|it's ok|it's fine|its ok
its fine|looks good|satisfied|happy|you|u|your|quick reply|the quick fix|for fixing it|your reply|your message|your mail|your email|much
guys|team|a lot|so much|it is ok|it is fine`,
	greeting: `hi|hello|hey|dear|good morning|good afternoon|good evening|morning|mr|ms|mrs|sir|madam|sir or madam|it team|helpdesk
help desk|service desk|it support|it desk|colleagues|hi all|hi team|hello all|hello team|dear all|dear team|hi there|hello there|hi it
best regards|kind regards|regards|best|br|rgds|warm regards|with best regards|best wishes|yours sincerely|sincerely|cheers mate
have a nice day|have a good day|have a great day|have a nice weekend|sorry|sorry for the late reply|sorry for late reply|apologies
sent from my iphone|yours|kr`,
	doubt: `if|whether|unless|when|once|as soon as|until|till|while|in case|maybe|perhaps|probably|possibly|might|may|should|should be
would|would be|seems|seem|seemed|seemingly|looks like|look like|appears to|apparently|supposedly|presumably|hopefully|hope|hoping|think
thought|believe|believed|assume|assumed|guess|suppose|expect|wonder|wondering|wish|i wish|not sure|unsure|don't know|dont know|do not know
no idea|no clue|hard to say|will|will be|i'll|ill check|we'll|going to|gonna|shall|plan|planning|tomorrow|later|tonight|soon|next week
next time|monday|tuesday|wednesday|thursday|friday|saturday|sunday|in a moment|wait|waiting|await|awaiting|pending|to be|get it|want
wanted|need|needs|needed|must|have to|has to|let you know|let me know|let me|tell|tells|told|inform|heard|said|says|saying|claims|claimed
according to|ask|asked|try|trying|will try|test|testing|will test|check|checking|verify|confirm tomorrow|can't confirm|cannot confirm
cant confirm|can not confirm|couldn't confirm|not confirm|before i can confirm|almost|nearly|mostly|partly|partially|partial|half|somewhat
more or less|kind of|sort of|kinda|a bit|a little|sometimes|occasionally|intermittently|from time to time|on and off|some|some of|most of
only|one of|another|other|others|else|instead|temporarily|for the moment|for the time being|for a while|so far|for now|not only|not just
not all|not every|not always|not completely sure|he|she|they|his|her|their|colleague|then|or|any|rather|about|no thanks|no thank you
at work|workaround|as if|working on|than|off|don't use|do not use|dont use`,
	request: `please|pls|plz|kindly|please check|pls check|please check again|please help|pls help`,
	asking:  `how|why|what|what's|where|who|which|how come|any news|any update|any updates|any progress|status`,
	inverted: `is it|is this|is that|is the|is my|are you|are we|are they|did you|did it|did the|does it|does this|does the|does that
do you|do i|do we|can you|can i|can we|can it|could you|could we|could i|has it|has this|has the|has that|have you|have i|will you|will it
will this|would you|would it|should i|was it|was that|were you|is everything|is there|are there|is anything`,
	despite: `why is it still|why does it still|why is this still|why still|how come it still|how is it still|why is it again|why is my`,
	you:     `you can|you could`,
	but: `but|however|although|though|yet it|except|except for|except that|apart from|nevertheless|unfortunately|despite|besides
whereas|even though|other than`,
	delighted: `very satisfied|extremely satisfied|completely satisfied|fully satisfied|totally satisfied`,
	disgusted: `very dissatisfied|extremely dissatisfied|completely dissatisfied|totally dissatisfied|very unsatisfied`,
	lead:      `score|rating|rate|i rate|i give|i'd give|i would give|my score|my rating|give|i rate it|rated|vote|grade|survey|overall`,
}

// counted is what makes a number in front of it no score.
var counted = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsFuncSeq(`个|台|次|天|月|号|点|年|日|小时|分钟|秒|周|位|人|条|件|项|份|遍|层|楼|级|版|倍|块|钟|钱|之|张|封|家|部|年前|组|minute|minutes|min|mins|hour|hours|hrs|h|day|days
week|weeks|month|months|year|years|time|times|of|people|users|user|computers|pcs|laptops|printers|tickets|ticket|pm|am|st|nd|rd|th|things
more|problems|issues|problem|issue|errors|mails|emails|files|questions|question|out`, between) {
		set[w] = true
	}
	return set
}()

// signs is the table of signs that mean something alone.
var signs = map[class]string{
	polite: `👍|👌|🙏|✅|✔|☑|😊|😀|😄|😁|🙂|😃|🎉|❤|💯|👏|🌹|🤝`,
	bad:    `👎|❌|✘|✖`,
}
