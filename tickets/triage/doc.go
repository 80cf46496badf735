// Package triage judges a problem by rules, each with its reason in words. Sort finds the category of a report from the
// words that people use; a technician can overrule it.
//
// What it says depends on its arguments alone, and it takes time linear in them, whatever a stranger writes. It may
// import tickets.
package triage
