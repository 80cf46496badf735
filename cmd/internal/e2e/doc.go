// Package e2e tells maildesk's stories against real servers and with a real mail client: Dovecot, Postfix and neomutt
// from Debian's packages, on free ports of 127.0.0.1, with a folder and a certificate of their own.
//
// The tests have the build tag e2e and are run by `make e2e`, which installs the packages. They need root, since
// Postfix does, and fail without it. They drive the built program from outside and import nothing of ours: what they
// know of a mail they read with the standard library, so that a fault of our reader cannot hide one of our writer.
//
// They guarantee that every process they start is ended, by its process id, however they end.
package e2e
