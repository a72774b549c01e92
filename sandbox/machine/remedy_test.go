package machine_test

import (
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"fivetuple/sandbox/machine"
)

var hangul = regexp.MustCompile(`\p{Hangul}`)

func TestNamespaces(t *testing.T) {
	linux := map[string]string{"proc/self/status": "Seccomp:\t0\n", "proc/self/ns/user": ""}
	tests := []struct {
		name, file, text string // a file beside those of linux
		more             map[string]string
		err              error
		why, remedy      string
	}{
		{"sysctl", "proc/sys/user/max_user_namespaces", "0", nil, syscall.ENOSPC, "user.max_user_namespaces is 0", "sysctl -w user.max_user_namespaces=10000"},
		{"Debian's sysctl", "proc/sys/kernel/unprivileged_userns_clone", "0", nil, syscall.EPERM, "unprivileged_userns_clone is 0", "sysctl -w kernel.unprivileged_userns_clone=1"},
		{"used up", "proc/sys/user/max_user_namespaces", "5", nil, syscall.ENOSPC, "as many", "sysctl -w user.max_user_namespaces=10000"},
		{"Ubuntu", "proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", nil, syscall.EPERM, "AppArmor", "apparmor_restrict_unprivileged_userns=0"},
		{"Docker", ".dockerenv", "", map[string]string{"proc/self/status": "Seccomp:\t2\n"}, syscall.EPERM, "seccomp profile of Docker", "seccomp=seccomp.json"},
		{"Docker on Ubuntu", ".dockerenv", "", map[string]string{
			"proc/self/status": "Seccomp:\t2\n", "proc/self/attr/current": "docker-default (enforce)", "proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1",
		}, syscall.EPERM, "seccomp profile of Docker", "docker run"},
		{"Podman", "run/.containerenv", "", map[string]string{"proc/self/status": "Seccomp:\t2\n"}, syscall.EPERM, "seccomp profile of Podman", "podman run"},
		{"systemd", "proc/self/status", "Seccomp:\t2\n", nil, syscall.EPERM, "seccomp filter", "RestrictNamespaces=no"},
		{"AppArmor", "proc/self/attr/current", "fivetuple (enforce)", nil, syscall.EACCES, "AppArmor profile fivetuple", "aa-complain fivetuple"},
		{"WSL 1", "proc/sys/kernel/osrelease", "4.4.0-19041-Microsoft", nil, syscall.EINVAL, "WSL 1", "--set-version"},
		{"unknown", "x", "", nil, syscall.EPERM, "refuses", "chroot"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for _, all := range []map[string]string{linux, {tt.file: tt.text}, tt.more} {
				for name, text := range all {
					files[name] = &fstest.MapFile{Data: []byte(text)}
				}
			}
			why, remedy := machine.New(files).Namespaces(tt.err)
			if !hangul.MatchString(why.Korean) {
				t.Errorf("in Korean it is %q", why.Korean)
			}
			if !strings.Contains(why.English, tt.why) || !strings.Contains(remedy.English, tt.remedy) {
				t.Errorf("got %q, %q, want %q, %q", why, remedy, tt.why, tt.remedy)
			}
		})
	}
	files := fstest.MapFS{"proc/self/status": {}}
	if why, _ := machine.New(files).Namespaces(syscall.EINVAL); !strings.Contains(why.English, "no user namespaces") {
		t.Errorf("without user namespaces: %q", why)
	}
}

func TestMounting(t *testing.T) {
	tests := []struct {
		name   string
		files  fstest.MapFS
		why    string
		remedy string
		proc   string
	}{
		{"AppArmor in Docker", fstest.MapFS{".dockerenv": {}, "proc/self/attr/current": {Data: []byte("docker-default (enforce)")}}, "docker-default", "apparmor=unconfined", "systempaths=unconfined"},
		{"Podman", fstest.MapFS{"run/.containerenv": {}}, "seccomp profile of Podman", "podman run", "unmask=ALL"},
		{"no container", fstest.MapFS{}, "the machine", "allow mount", "mountinfo"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := machine.New(tt.files)
			why, remedy := m.Mounting()
			if proc := m.Proc(); !strings.Contains(why.English, tt.why) || !strings.Contains(remedy.English, tt.remedy) || !strings.Contains(proc.English, tt.proc) {
				t.Errorf("got %q, %q, %q, want %q, %q, %q", why, remedy, proc, tt.why, tt.remedy, tt.proc)
			}
		})
	}
}
