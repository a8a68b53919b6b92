// Reads a ledger with the libraries of Go's checksum database and of transparency-dev, as a peer that shares no line with Assay.
//
// A request in JSON on stdin names a folder in tlog-tiles layout, the keys of its checkpoint, and proofs that Assay made. The answer
// on stdout has what is wrong with them, proofs that Go made from the same tiles, and the same checkpoint signed by keys of Go.
package main

import (
	"crypto/rand"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	fnote "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type request struct {
	Dir         string        `json:"dir"`
	Keys        []string      `json:"keys"`
	Cosigners   []string      `json:"cosigners"`
	Inclusion   []inclusion   `json:"inclusion"`
	Consistency []consistency `json:"consistency"`
}

type inclusion struct {
	Index  int64       `json:"index"`
	Leaf   tlog.Hash   `json:"leaf"`
	Hashes []tlog.Hash `json:"hashes"`
}

type consistency struct {
	From   int64       `json:"from"`
	Root   tlog.Hash   `json:"root"`
	Hashes []tlog.Hash `json:"hashes"`
}

type signature struct {
	Name string `json:"name"`
	// Seconds; 0 for a signature that tells no time.
	Time int64 `json:"time"`
}

type answer struct {
	Size        int64                 `json:"size"`
	Signatures  []signature           `json:"signatures"`
	Unverified  int                   `json:"unverified"`
	Refused     []string              `json:"refused"`
	Inclusion   map[int64][]tlog.Hash `json:"inclusion"`
	Consistency map[int64][]tlog.Hash `json:"consistency"`
	Note        string                `json:"note"`
	Key         string                `json:"key"`
	Cosigner    string                `json:"cosigner"`
}

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run() error {
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return err
	}
	opened, err := open(asked)
	if err != nil {
		return err
	}
	tree, err := parseTree(opened.Text)
	if err != nil {
		return err
	}
	// Every tile that this reader gives it has held against the root before.
	hashes := tlog.TileHashReader(tree, folder(asked.Dir))
	said := answer{
		Size: tree.N, Unverified: len(opened.UnverifiedSigs), Refused: []string{},
		Inclusion: map[int64][]tlog.Hash{}, Consistency: map[int64][]tlog.Hash{},
	}
	for _, line := range opened.Sigs {
		signed := signature{Name: line.Name}
		if at, err := fnote.CoSigV1Timestamp(line); err == nil {
			signed.Time = at.Unix()
		}
		said.Signatures = append(said.Signatures, signed)
	}
	for _, p := range asked.Inclusion {
		if err := tlog.CheckRecord(p.Hashes, tree.N, tree.Hash, p.Index, p.Leaf); err != nil {
			said.Refused = append(said.Refused, fmt.Sprintf("inclusion of %d: %v", p.Index, err))
		}
		if said.Inclusion[p.Index], err = tlog.ProveRecord(tree.N, p.Index, hashes); err != nil {
			return err
		}
	}
	for _, p := range asked.Consistency {
		if err := tlog.CheckTree(p.Hashes, tree.N, tree.Hash, p.From, p.Root); err != nil {
			said.Refused = append(said.Refused, fmt.Sprintf("consistency with %d: %v", p.From, err))
		}
		if said.Consistency[p.From], err = tlog.ProveTree(tree.N, p.From, hashes); err != nil {
			return err
		}
	}
	if err := sign(opened.Text, &said); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(said)
}

// The checkpoint of the folder, with whatever of its signatures the keys verify.
func open(asked request) (*note.Note, error) {
	var verifiers []note.Verifier
	for _, key := range asked.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return nil, err
		}
		verifiers = append(verifiers, verifier)
	}
	for _, key := range asked.Cosigners {
		verifier, err := fnote.NewVerifierForCosignatureV1(key)
		if err != nil {
			return nil, err
		}
		verifiers = append(verifiers, verifier)
	}
	bytes, err := os.ReadFile(filepath.Join(asked.Dir, "checkpoint"))
	if err != nil {
		return nil, err
	}
	return note.Open(bytes, note.VerifierList(verifiers...))
}

// The same text, signed by a key of note and cosigned by one of formats/note.
func sign(text string, said *answer) error {
	name, _, _ := strings.Cut(text, "\n")
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	skey, witness, err := note.GenerateKey(rand.Reader, "witness.example/go")
	if err != nil {
		return err
	}
	cosigner, err := fnote.NewSignerForCosignatureV1(skey)
	if err != nil {
		return err
	}
	said.Key = vkey
	if said.Cosigner, err = fnote.VKeyToCosignatureV1(witness); err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer, cosigner)
	said.Note = string(signed)
	return err
}

// Of a checkpoint of C2SP; tlog.ParseTree knows the one name of Go's own.
func parseTree(text string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return tlog.Tree{}, fmt.Errorf("malformed checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// A reader of tiles: tlog names their height in the path, tlog-tiles does not.
type folder string

func (dir folder) Height() int { return 8 }

func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(string(dir), filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (dir folder) SaveTiles([]tlog.Tile, [][]byte) {}
