package intake

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"maildesk/parser"
	"maildesk/tickets"
)

// known is the usual case: a member of staff, nothing known before, limits not reached.
func known(changes ...func(*Known)) Known {
	k := Known{
		Arrival:    Arrival{Source: "helpdesk@imap.corp.example"},
		Sender:     Sender{Address: "zhangsan@corp.example", Staff: true},
		Limits:     Limits{TicketHour: 5, SenderHour: 20},
		Unlabelled: tickets.Chinese,
	}
	for _, change := range changes {
		change(&k)
	}
	return k
}

func lead(by Evidence, belongs, copied bool) func(*Known) {
	return func(k *Known) {
		l := tickets.Lead{Ticket: 7, Number: "IT20231115001", Status: tickets.New, Belongs: belongs, Copied: copied}
		k.Leads = append(k.Leads, Evident{Lead: l, Evidence: by})
	}
}

func TestDecide(t *testing.T) {
	human := parser.Message{Kind: parser.Human, Language: "en"}
	away := parser.Message{Kind: parser.AutoReply, Reason: "Auto-Submitted: auto-replied (RFC 3834 5)"}
	report := parser.Message{Kind: parser.Bounce, Reason: "multipart/report (RFC 3464 2)"}
	stranger := func(k *Known) { k.Sender.Staff = false; k.Sender.Address = "someone@else.example" }
	proven := func(k *Known) { k.Sender.Proof = proofDMARC }
	same := func(v tickets.Verdict) func(*Known) {
		return func(k *Known) { k.Earlier = &Earlier{Message: 3, Verdict: v, Number: "IT20231115001"} }
	}
	for _, c := range []struct {
		name  string
		mail  parser.Message
		known Known
		want  Decision // Reason is compared by what it contains
	}{
		{"a new problem", human, known(),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Reason: "a new problem"}},
		{"too little prose to tell the language", parser.Message{Kind: parser.Human}, known(),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.Chinese, Reason: "a new problem"}},
		{"a reply with our token", human, known(lead(ByToken, true, false)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByToken, Entry: tickets.EntryReply,
				Visibility: tickets.Public, Language: tickets.English, Reason: "matched by token"}},
		{"our token in a colleague's hands stays inside IT", human, known(lead(ByToken, false, false)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByToken, Entry: tickets.EntryReply,
				Visibility: tickets.Internal, Language: tickets.English, Reason: "no participant"}},
		{"a Message-ID, from a participant", human, known(lead(ByMessageID, true, false)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByMessageID, Entry: tickets.EntryReply,
				Visibility: tickets.Public, Language: tickets.English, Reason: "matched by message-id"}},
		{"a Message-ID, from somebody in Cc", human, known(lead(ByMessageID, false, true)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByMessageID, Entry: tickets.EntryReply,
				Visibility: tickets.Internal, Language: tickets.English, Reason: "no participant"}},
		{"a Message-ID alone is no evidence", human, known(lead(ByMessageID, false, false)),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Links: []string{"IT20231115001"},
				Reason: "its sender does not belong"}},
		{"the subject's number, from the requester", human, known(lead(ByNumber, true, false)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByNumber, Entry: tickets.EntryReply,
				Visibility: tickets.Public, Language: tickets.English, Reason: "matched by number"}},
		{"the subject's number, from somebody in Cc", human, known(lead(ByNumber, false, true)),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Links: []string{"IT20231115001"},
				Reason: "its sender does not belong"}},
		{"a number in the text is never enough", human, known(lead(ByMention, true, false)),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Links: []string{"IT20231115001"}, Reason: "only mentions IT20231115001"}},
		{"a technician belongs everywhere", human, known(lead(ByNumber, false, false), func(k *Known) { k.Sender.Technician = true }),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByNumber, Entry: tickets.EntryReply,
				Visibility: tickets.Public, Language: tickets.English, Reason: "matched by number"}},
		{"an out-of-office to our mail", away, known(lead(ByToken, true, false)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByToken, Entry: tickets.EntryAutoReply,
				Visibility: tickets.Internal, Reason: "auto_reply: Auto-Submitted"}},
		{"an out-of-office out of nowhere", away, known(),
			Decision{Verdict: tickets.VerdictIgnore, Reason: "auto_reply: Auto-Submitted"}},
		{"a bounce of our mail", report, known(func(k *Known) { k.Bounced = &Bounced{Outbox: 1, Ticket: 7} }),
			Decision{Verdict: tickets.VerdictBounce, Ticket: 7, Evidence: ByToken, Entry: tickets.EntryBounce,
				Visibility: tickets.Internal, Reason: "a delivery report of our mail"}},
		{"a bounce of a stranger's mail", report, known(lead(ByMessageID, true, true)),
			Decision{Verdict: tickets.VerdictIgnore, Reason: "not on any ticket"}},
		{"our own mail", human, known(func(k *Known) { k.Sender.Own = true }),
			Decision{Verdict: tickets.VerdictIgnore, Reason: "an address of the desk"}},
		{"our own mail through a list", human, known(func(k *Known) { k.Sender.Loop = true }),
			Decision{Verdict: tickets.VerdictIgnore, Reason: "X-Maildesk-Loop"}},
		{"no sender", human, known(func(k *Known) { k.Sender.Address = "" }),
			Decision{Verdict: tickets.VerdictFail, Reason: "no sender"}},
		{"the same mail again", human, known(same(tickets.VerdictOpen)),
			Decision{Verdict: tickets.VerdictDuplicate, Reason: "taken before: IT20231115001"}},
		{"a failed mail dragged back", human, known(same(tickets.VerdictFail)),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Reason: "a new problem"}},
		{"the same Message-ID, other content", human, known(func(k *Known) { k.SameID = &Earlier{Message: 3, Verdict: tickets.VerdictOpen} }),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Reason: "warning: message 3"}},
		{"the same Message-ID with a list's footer", human, known(func(k *Known) {
			k.SameID, k.FooterOnly = &Earlier{Message: 3, Verdict: tickets.VerdictOpen}, true
		}), Decision{Verdict: tickets.VerdictDuplicate, Reason: "list's footer"}},
		{"the same words within the hour", human, known(func(k *Known) { k.SameText = &tickets.Lead{Ticket: 7, Number: "IT20231115001"} }),
			Decision{Verdict: tickets.VerdictSentAgain, Ticket: 7, Entry: tickets.EntrySentAgain, Visibility: tickets.Internal,
				Notice: tickets.NoticeSentAgain, Language: tickets.English, Reason: "the same words on IT20231115001"}},
		{"the same words too often", human, known(func(k *Known) {
			k.SameText, k.Sent.TicketHour = &tickets.Lead{Ticket: 7, Number: "IT20231115001"}, 5
		}), Decision{Verdict: tickets.VerdictSentAgain, Ticket: 7, Entry: tickets.EntrySentAgain, Visibility: tickets.Internal,
			Language: tickets.English, Reason: "the limit of automatic mail"}},
		{"limits never touch a first confirmation", human, known(func(k *Known) { k.Sent = Sent{TicketHour: 99, SenderHour: 99} }),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Notice: tickets.NoticeConfirmation, Language: tickets.English, Reason: "a new problem"}},
		{"a stranger without proof", human, known(stranger),
			Decision{Verdict: tickets.VerdictRefuse, Language: tickets.Chinese, Reason: "nothing proves the sender"}},
		{"a stranger with proof", human, known(stranger, proven),
			Decision{Verdict: tickets.VerdictRefuse, Notice: tickets.NoticeRefused, Language: tickets.Chinese, Reason: "a stranger"}},
		{"a stranger refused before", human, known(stranger, proven, func(k *Known) { k.Sent.Refused = true }),
			Decision{Verdict: tickets.VerdictRefuse, Language: tickets.Chinese, Reason: "a stranger"}},
		{"a stranger who is a participant", human, known(stranger, lead(ByMessageID, true, false)),
			Decision{Verdict: tickets.VerdictAppend, Ticket: 7, Evidence: ByMessageID, Entry: tickets.EntryReply,
				Visibility: tickets.Public, Language: tickets.English, Reason: "matched by message-id"}},
		{"a forged member of staff", human, known(func(k *Known) { k.Sender.Proof = proofFailed }),
			Decision{Verdict: tickets.VerdictHold, Reason: "DMARC says that From is forged"}},
		{"too large", human, known(func(k *Known) {
			k.Arrival.Problem = &tickets.Problem{Kind: tickets.TooLarge, Size: 99 << 20, Limit: 40 << 20}
		}),
			Decision{Verdict: tickets.VerdictFail, Opens: true, Entry: tickets.EntryProblem, Visibility: tickets.Public,
				Notice: tickets.NoticeUnreadable, Language: tickets.English, Reason: "99.0 MiB"}},
		{"too large, on its ticket", human, known(lead(ByToken, true, false), func(k *Known) {
			k.Arrival.Problem = &tickets.Problem{Kind: tickets.TooLarge, Size: 99 << 20, Limit: 40 << 20}
		}), Decision{Verdict: tickets.VerdictFail, Ticket: 7, Evidence: ByToken, Entry: tickets.EntryProblem, Visibility: tickets.Public,
			Notice: tickets.NoticeUnreadable, Language: tickets.English, Reason: "99.0 MiB"}},
		{"imported", human, known(func(k *Known) { k.Arrival.Quiet = true }),
			Decision{Verdict: tickets.VerdictOpen, Opens: true, Entry: tickets.EntryReport, Visibility: tickets.Public,
				Language: tickets.English, Reason: "a new problem"}},
		{"skipped", human, known(func(k *Known) { k.Arrival.Skipped = true }),
			Decision{Verdict: tickets.VerdictSkip, Reason: "older than"}},
		{"vanished", parser.Message{}, known(func(k *Known) { k.Arrival.Vanished = true }),
			Decision{Verdict: tickets.VerdictVanish, Reason: "gone from the server"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Decide(&c.mail, c.known)
			if !strings.Contains(got.Reason, c.want.Reason) || got.Reason == "" {
				t.Errorf("reason %q lacks %q", got.Reason, c.want.Reason)
			}
			got.Reason, c.want.Reason = "", ""
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

// What is stored beside a decision is enough to make it again.
func TestDecisionReplaysFromWhatItKnew(t *testing.T) {
	k := known(lead(ByMessageID, false, true), func(k *Known) {
		k.Sent, k.FixedTongue = Sent{TicketHour: 2, SenderHour: 3}, true
		k.Arrival.Problem = &tickets.Problem{Kind: tickets.TooLarge, Size: 1, Limit: 2}
	})
	mail := parser.Message{Kind: parser.Human, Language: "en"}
	stored, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	var back Known
	if err := json.Unmarshal(stored, &back); err != nil {
		t.Fatal(err)
	}
	if first, again := Decide(&mail, k), Decide(&mail, back); !reflect.DeepEqual(first, again) {
		t.Errorf("first %+v\nagain %+v", first, again)
	}
}

// A list's mail is nobody's problem, but on a ticket it is an answer that came by way of a list.
func TestListsAndInvitations(t *testing.T) {
	list := parser.Message{Kind: parser.List, Reason: "List-Id"}
	if d := Decide(&list, known()); d.Verdict != tickets.VerdictIgnore {
		t.Errorf("a list's mail: %+v", d)
	}
	if d := Decide(&list, known(lead(ByMessageID, true, false))); d.Entry != tickets.EntryReply {
		t.Errorf("a participant's mail by a list: %+v", d)
	}
	invitation := parser.Message{Kind: parser.Calendar}
	if d := Decide(&invitation, known()); d.Verdict != tickets.VerdictOpen {
		t.Errorf("an invitation: %+v", d)
	}
	accepted := parser.Message{Kind: parser.Calendar, Answer: true}
	if d := Decide(&accepted, known()); d.Verdict != tickets.VerdictIgnore {
		t.Errorf("the answer to an invitation: %+v", d)
	}
}
