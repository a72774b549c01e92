package machine_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fivetuple/sandbox/machine"
)

// known is all that a machine says of itself.
type known struct {
	Kernel, Container, AppArmor string
	WSL                         int
	Filtered                    bool
	Memory, Processes           uint64
}

func TestMachine(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  known
	}{
		{"another system", nil, known{}},
		{"Debian", map[string]string{
			"proc/sys/kernel/osrelease": "6.1.0-18-amd64\n", "proc/self/status": "Name:\tx\nSeccomp:\t0\n", "proc/self/cgroup": "0::/user.slice\n",
			"proc/self/attr/current": "unconfined\n", "proc/meminfo": "MemTotal: 9 kB\nMemAvailable:    2048 kB\n",
		}, known{Kernel: "6.1.0-18-amd64", Memory: 2 << 20}},
		{"Docker on Ubuntu", map[string]string{
			".dockerenv": "", "proc/self/status": "Seccomp:\t2\n", "proc/self/attr/apparmor/current": "docker-default (enforce)\n", "proc/self/cgroup": "0::/\n",
			"proc/meminfo": "MemAvailable:    2048 kB\n", "sys/fs/cgroup/memory.max": "1048576\n", "sys/fs/cgroup/memory.current": "1024\n", "sys/fs/cgroup/pids.max": "100\n",
		}, known{Container: "Docker", AppArmor: "docker-default", Filtered: true, Memory: 1<<20 - 1024, Processes: 100}},
		{"no limits", map[string]string{
			"proc/meminfo": "MemAvailable:    2048 kB\n", "sys/fs/cgroup/memory.max": "max\n", "sys/fs/cgroup/pids.max": "max\n",
		}, known{Memory: 2 << 20}},
		{"Docker with the first control groups", map[string]string{
			"proc/self/cgroup": "4:pids:/docker/0123\n", "proc/meminfo": "MemAvailable:    2048 kB\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "4096\n", "sys/fs/cgroup/memory/memory.usage_in_bytes": "96\n", "sys/fs/cgroup/pids/pids.max": "7\n",
		}, known{Container: "Docker", Memory: 4000, Processes: 7}},
		{"Podman", map[string]string{"run/.containerenv": "", "proc/self/attr/current": "containers-default-0.50.1 (enforce)"}, known{Container: "Podman", AppArmor: "containers-default-0.50.1"}},
		{"Kubernetes", map[string]string{".dockerenv": "", "proc/1/cgroup": "0::/kubepods.slice/x\n"}, known{Container: "Kubernetes"}},
		{"nspawn", map[string]string{"run/systemd/container": "systemd-nspawn\n"}, known{Container: "systemd-nspawn"}},
		{"WSL 2", map[string]string{"proc/sys/kernel/osrelease": "5.15.90.1-microsoft-standard-WSL2"}, known{Kernel: "5.15.90.1-microsoft-standard-WSL2", WSL: 2}},
		{"WSL 1", map[string]string{"proc/sys/kernel/osrelease": "4.4.0-19041-Microsoft"}, known{Kernel: "4.4.0-19041-Microsoft", WSL: 1}},
		{"a profile that only complains", map[string]string{"proc/self/attr/current": "x (complain)"}, known{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := fstest.MapFS{}
			for name, text := range tt.files {
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			m := machine.New(files)
			got := known{m.Kernel(), m.Container(), m.AppArmor(), m.WSL(), m.Filtered(), m.Memory(), m.Processes()}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
