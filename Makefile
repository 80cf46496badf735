# maildesk: the commands of everyday work. `make check` before each commit; .ci/run calls the same targets.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
VERSION    ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: build test check race e2e crash bench corpora docs nightly fuzz

build: ## one static binary
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/maildesk ./cmd/maildesk

test: ## what the README says: needs nothing but Go
	go test ./...

race:
	go test -race ./...

check: ## format, vet, staticcheck, imports as docs say
	@test -z "$$(gofmt -l .)" || { echo "gofmt these files:"; gofmt -l .; exit 1; }
	go vet ./...
	go vet -tags e2e ./cmd/internal/e2e
	go run $(STATICCHECK) -tags e2e ./...
	go test ./cmd/internal/archtest

e2e: ## Dovecot, Postfix and a real mail client on loopback (installs Debian's packages, needs root)
	.ci/install-mail-servers
	go test -tags e2e -count=1 -timeout 10m ./cmd/internal/e2e

crash: ## kills the real process 200 times while mail streams in
	MAILDESK_CRASH_KILLS=200 go test -count=1 -timeout 40m -run TestCrash ./cmd/maildesk

bench: ## the numbers of docs/performance.md, as one table
	go test -v -count=1 -timeout 20m -run TestBenchTable ./cmd/internal/bench -bench-table

corpora: build ## scores over public mails with expectations: MAILDESK_CORPORA=DIR make corpora
	@test -n "$(MAILDESK_CORPORA)" -a -f "$(MAILDESK_CORPORA)/score.py" || { \
	  echo "make corpora: there are no corpora in \"$(MAILDESK_CORPORA)\"; set MAILDESK_CORPORA to the folder that has score.py and MANIFEST.tsv (docs/reading-mail.md)"; exit 1; }
	MAILDESK=$(CURDIR)/bin/maildesk python3 "$(MAILDESK_CORPORA)/score.py" "$(MAILDESK_CORPORA)"

docs: ## the tables of docs/ that come from the code; go test fails while they differ
	go test -count=1 -run TestTheTablesOfTheDocs ./tickets/intake -update

FUZZTIME ?= 20s
fuzz: ## each fuzz target for FUZZTIME
	.ci/fuzz $(FUZZTIME)

nightly: ## what takes longer than CI may
	$(MAKE) race crash bench
	$(MAKE) fuzz FUZZTIME=30m
	go test -count=1 -timeout 30m -run TestAnySequenceOfMails ./tickets/intake -rapid.checks 5000
