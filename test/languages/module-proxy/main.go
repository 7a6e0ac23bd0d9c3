// Command module-proxy lays Go modules out as a file-system module proxy: module-proxy <proxy> <module directory>...
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

func main() {
	for _, dir := range os.Args[2:] {
		if err := publish(os.Args[1], dir); err != nil {
			log.Fatalf("%s: %v", dir, err)
		}
	}
}

func publish(proxy, dir string) error {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	version, err := os.ReadFile(filepath.Join(dir, "version"))
	if err != nil {
		return err
	}
	m := module.Version{Path: modfile.ModulePath(mod), Version: "v" + strings.TrimSpace(string(version))}
	escaped, err := module.EscapePath(m.Path)
	if err != nil {
		return err
	}
	base := filepath.Join(proxy, escaped, "@v")
	if err := os.MkdirAll(base, 0o755); err != nil {
		return err
	}
	archive, err := os.Create(filepath.Join(base, m.Version+".zip"))
	if err != nil {
		return err
	}
	defer archive.Close()
	if err := zip.CreateFromDir(archive, m, dir); err != nil {
		return err
	}
	for name, content := range map[string]string{
		m.Version + ".mod":  string(mod),
		m.Version + ".info": fmt.Sprintf(`{"Version":%q}`, m.Version),
		"list":              m.Version + "\n",
	} {
		if err := os.WriteFile(filepath.Join(base, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
