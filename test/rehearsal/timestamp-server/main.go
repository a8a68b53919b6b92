// The server of Sigstore's timestamp authority (RFC 3161), without the metrics that its own main always serves on port 2112 of
// every address: two of those can not run at once. What the flags of the other main set is set here by the same names.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/sigstore/timestamp-authority/v2/pkg/server"
	"github.com/spf13/viper"
)

const timeout = 30 * time.Second

func main() {
	host := flag.String("host", "127.0.0.1", "the address to listen on")
	port := flag.Int("port", 0, "the port to listen on")
	key := flag.String("file-signer-key-path", "", "the encrypted private key (PKCS#8, PEM)")
	passphrase := flag.String("file-signer-passwd", "", "its passphrase")
	hash := flag.String("timestamp-signer-hash", "sha256", "the hash that is signed")
	chain := flag.String("certificate-chain-path", "", "the certificates, the signer's first (PEM)")
	flag.Parse()

	viper.Set("timestamp-signer", "file")
	viper.Set("timestamp-signer-hash", *hash)
	viper.Set("file-signer-key-path", *key)
	viper.Set("file-signer-passwd", *passphrase)
	viper.Set("certificate-chain-path", *chain)
	viper.Set("enforce-intermediate-eku", true)

	rest := server.NewRestAPIServer(*host, *port, []string{"http"}, false, timeout, timeout)
	if err := rest.Serve(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}
