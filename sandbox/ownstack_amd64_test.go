//go:build linux

package sandbox_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fivetuple/sandbox"
	"fivetuple/sandbox/event"
)

// ownStackC calls from a stack of its own, on which a file of its own seems to
// be the caller: one that is said to have a table of 2 GiB.
const ownStackC = `#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define LENGTH (2ul << 30)

static struct {
	Elf64_Ehdr head;
	Elf64_Phdr part;
	Elf64_Shdr sections[3];
	char names[24];
} file = {
	{{0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT}, ET_DYN, EM_X86_64, EV_CURRENT, 0, 64, 120, 0, 64, 56, 1, 64, 3, 2},
	{PT_LOAD, PF_R | PF_X, 0, 0, 0, 4096, 4096, 4096},
	{{0}, {1, SHT_PROGBITS, SHF_ALLOC, 0, 4096, LENGTH}, {11, SHT_STRTAB, 0, 0, 312, 24}},
	"\0.eh_frame\0.shstrtab",
};

static void *stack[8192] __attribute__((aligned(16)));

int main(void)
{
	int fd = open("/tmp/e", O_RDWR | O_CREAT, 0600);
	write(fd, &file, sizeof file);
	ftruncate(fd, 4096 + LENGTH);
	char *caller = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
#ifdef PIPE
	unlink("/tmp/e");
	mkfifo("/tmp/e", 0600);
#endif
	void **top = stack + 8001;
	*top = caller + 1000;
	__asm__ volatile("mov %0, %%rsp\n\tjmp *%1" : : "r"(top), "r"(socket), "D"(AF_INET), "S"(SOCK_DGRAM), "d"(0));
}
`

// TestOwnStack: who looks for the line that a program is at reads no file of
// the program's own making, whatever its stack says.
func TestOwnStack(t *testing.T) {
	tool(t, "cc")
	for name, source := range map[string]string{"long": ownStackC, "pipe": "#define PIPE\n" + ownStackC} {
		t.Run(name, func(t *testing.T) {
			l := alone("")
			l.Programs[0].File, l.Programs[0].Source = "server.c", []byte(source)
			var peak int // kilobytes
			all := run(t, l, func(s *sandbox.Sandbox, e event.Event) {
				if e.Kind != event.KindCall || e.Name != "socket" || e.Phase != event.PhaseEnter {
					return
				}
				status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.PID()))
				_, line, _ := strings.Cut(string(status), "VmHWM:")
				if _, scanned := fmt.Sscan(line, &peak); err != nil || scanned != nil {
					t.Error(err, scanned)
				}
			})
			finished(t, all)
			if got := exit(t, all, "server"); got.Signal != "SIGSEGV" || peak == 0 || peak > 512<<10 {
				t.Errorf("exit %+v; the worker took %d kB", got, peak)
			}
		})
	}
}
