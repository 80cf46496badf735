package tickets

// Approval is where the plan of a ticket stands.
type Approval string

// The approvals; "" is of a ticket without a plan.
const (
	ApprovalPending  Approval = "pending"
	ApprovalGranted  Approval = "approved"
	ApprovalRejected Approval = "rejected"
)

// AwaitsApproval reports whether somebody has yet to decide on the ticket's plan.
func (t *Ticket) AwaitsApproval() bool {
	return t.Approval == ApprovalPending && t.Status != Cancelled && t.Status != Merged
}

// Deciders are whom the approval of a ticket's plan is asked of: for a permission request superior, the requester's own
// manager, where one is known ("" is none), else the managers of the desk. Nobody approves his own. Who is away is not
// asked while there is somebody else: the desk's managers are the superior's deputies.
func Deciders(t *Ticket, superior Address, managers []Address, away func(address string) bool) []Address {
	var here, gone []Address
	ask := func(a Address) {
		switch {
		case a.Address == "", SameAddress(a.Address, t.PlannedBy), SameAddress(a.Address, t.Requester.Address):
		case away(a.Address):
			gone = append(gone, a)
		default:
			here = append(here, a)
		}
	}
	if t.Category == Account {
		if ask(superior); len(here) > 0 {
			return here
		}
	}
	for _, m := range managers {
		ask(m)
	}
	if len(here) == 0 {
		return gone
	}
	return here
}
