package answer

import "strings"

// class is what a phrase contributes to its clause.
type class uint8

const (
	unknown   class = iota
	filler          // says nothing by itself: 问题, the, for me
	solid           // works, whatever stands before it: 已解决, "fixed"
	slight          // works, but only of something known: 好了 (重启好了 is no confirmation)
	stem            // works beside done, now or can; with a negation it fails: 解决, "work"
	vouch           // confirms when nothing stands beside it: 确认
	bad             // does not work: 不行, "no luck"
	deny            // bad when it stands alone: 没有, "no"
	not             // negation
	undone          // negation of what was done: 没, "did not"; 没登录 is no failure
	noMore          // 不再, "no longer"
	still           // 还是, "still"
	yet             // 还: as still, but 还没 is "not yet"
	again           // 又, "again"
	trouble         // a fault: 报错, "slow"
	recur           // 出现, "happen": bad with again or still
	can             // 能, "able to"
	verb            // what one can or cannot do: 登录, "print"
	failing         // behind a verb, or alone: 不了, 不上
	done            // 已, 了, "already"
	now             // 现在, "now"
	past            // 之前, "earlier"
	polite          // 谢谢, 收到, praise
	greeting        // 您好, "best regards"
	you             // 你; with can it is a request
	doubt           // uncertainty, condition, plan, wish, hearsay
	request         // 请, "please": wants something
	asking          // question words, wherever they stand
	inverted        // "is it": asks at the beginning of a clause
	despite         // 怎么还: asks, but only to complain
	but             // begins a clause, and says that the one before is not all
	delighted       // the upper end of the scale
	disgusted       // the lower end
	lead            // before a score: 评分, "score"
)

// between are the signs between the phrases of a table.
func between(r rune) bool { return r == '|' || r == '\n' }

// node is a place in the tree of all phrases, atom by atom.
type node struct {
	next  map[string]*node
	class class // of the phrase that ends here
}

// tree holds all phrases of the tables.
var tree = plant(chinese, english, signs)

func plant(tables ...map[class]string) *node {
	root := &node{}
	for _, table := range tables {
		for class, list := range table {
			for phrase := range strings.FieldsFuncSeq(list, between) {
				root.add(splitLine(nil, phrase, 0), class)
			}
		}
	}
	return root
}

func (n *node) add(atoms []atom, c class) {
	if len(atoms) == 0 {
		return
	}
	for _, a := range atoms {
		if n.next == nil {
			n.next = map[string]*node{}
		}
		if n.next[a.text] == nil {
			n.next[a.text] = &node{}
		}
		n = n.next[a.text]
	}
	n.class = c
}

// token is a phrase found in the text, or one unknown atom.
type token struct {
	class    class
	atoms    []atom
	from, to int
}

// longest is the longest phrase at the beginning of atoms. No phrase goes on over a stop.
func longest(atoms []atom) token {
	found, size := unknown, 1
	n := tree
	for i, a := range atoms {
		if n = n.next[a.text]; n == nil || a.kind >= stop {
			break
		}
		if n.class != unknown {
			found, size = n.class, i+1
		}
	}
	return token{class: found, atoms: atoms[:size], from: atoms[0].from, to: atoms[size-1].to}
}
