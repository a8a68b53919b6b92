// Verifies one Sigstore bundle with sigstore-go, the strictest of the verifiers that Assay is held against.
// Prints `ok`, or the error and exits 1; with -repeat N it verifies N times and prints how many it does in a second.
package main

import (
	"crypto"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"
	"github.com/sigstore/sigstore/pkg/signature"
)

var (
	bundlePath  = flag.String("bundle", "", "the bundle")
	rootPath    = flag.String("trusted-root", "", "the trusted_root.json")
	artifact    = flag.String("artifact", "", "the file that was signed")
	digest      = flag.String("digest", "", "its SHA-256 in hex, instead of the file")
	identity    = flag.String("identity", "", "the exact subject alternative name")
	issuer      = flag.String("issuer", "", "the exact OIDC issuer")
	keyPath     = flag.String("key", "", "a public key (PEM), instead of an identity")
	withoutLog  = flag.Bool("without-log", false, "demand no log entry")
	withoutTime = flag.Bool("without-time", false, "demand no witnessed time; only with a key")
	repeat      = flag.Int("repeat", 0, "verify this many times and print the rate")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run() error {
	signed, err := bundle.LoadJSONFromPath(*bundlePath)
	if err != nil {
		return err
	}
	verifier, err := newVerifier()
	if err != nil {
		return err
	}
	check := func() error {
		policy, err := newPolicy()
		if err != nil {
			return err
		}
		_, err = verifier.Verify(signed, policy)
		return err
	}
	if err := check(); err != nil {
		return err
	}
	fmt.Println("ok")
	if *repeat == 0 {
		return nil
	}
	start := time.Now()
	for range *repeat {
		if err := check(); err != nil {
			return err
		}
	}
	fmt.Printf("%.0f per second\n", float64(*repeat)/time.Since(start).Seconds())
	return nil
}

func newVerifier() (*verify.Verifier, error) {
	trusted, err := root.NewTrustedRootFromPath(*rootPath)
	if err != nil {
		return nil, err
	}
	material := root.TrustedMaterialCollection{trusted}
	options := []verify.VerifierOption{}
	if !*withoutLog {
		options = append(options, verify.WithTransparencyLog(1))
	}
	if *withoutTime {
		options = append(options, verify.WithNoObserverTimestamps())
	} else {
		options = append(options, verify.WithObserverTimestamps(1))
	}
	if *keyPath == "" {
		options = append(options, verify.WithSignedCertificateTimestamps(1))
	} else {
		key, err := loadKey(*keyPath)
		if err != nil {
			return nil, err
		}
		material = append(material, key)
	}
	return verify.NewVerifier(material, options...)
}

func newPolicy() (verify.PolicyBuilder, error) {
	var what verify.ArtifactPolicyOption
	if *digest != "" {
		bytes, err := hex.DecodeString(*digest)
		if err != nil {
			return verify.PolicyBuilder{}, err
		}
		what = verify.WithArtifactDigest("sha256", bytes)
	} else {
		file, err := os.Open(*artifact)
		if err != nil {
			return verify.PolicyBuilder{}, err
		}
		what = verify.WithArtifact(file)
	}
	if *keyPath != "" {
		return verify.NewPolicy(what, verify.WithKey()), nil
	}
	who, err := verify.NewShortCertificateIdentity(*issuer, "", *identity, "")
	if err != nil {
		return verify.PolicyBuilder{}, err
	}
	return verify.NewPolicy(what, verify.WithCertificateIdentity(who)), nil
}

// The key is trusted whatever hint the bundle gives.
func loadKey(path string) (root.TrustedMaterial, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, fmt.Errorf("expected a PEM public key in %s", path)
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	verifier, err := signature.LoadVerifier(parsed, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	key := root.NewExpiringKey(verifier, time.Time{}, time.Time{})
	return root.NewTrustedPublicKeyMaterial(func(string) (root.TimeConstrainedVerifier, error) {
		return key, nil
	}), nil
}
