package text

import (
	"fmt"
	"strings"
)

// ProgramsReadme is the README beside a lab's programs: how to run them
// without the course. hosts are lines of a hosts file; commands are in the
// order in which the programs start, each with the lines to type into it.
func (l Lang) ProgramsReadme(title string, hosts []string, commands []string, input [][]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", title, l.pick(
		"These are the programs of the lab as you ran them. They use nothing but what their language brings along, so they run on any machine: Python programs need Python 3.9 or newer, C programs a compiler, Go programs Go.",
		"실습에서 실행한 프로그램 그대로입니다. 언어에 들어 있는 것만 쓰므로 어느 컴퓨터에서나 실행됩니다. Python 프로그램에는 Python 3.9 이상, C 프로그램에는 컴파일러, Go 프로그램에는 Go가 필요합니다."))
	if len(hosts) > 0 {
		fmt.Fprintf(&b, "%s\n\n%s\n", l.pick(
			"The programs find each other by name. To run them on one machine, add this to its hosts file (`/etc/hosts`; on Windows `C:\\Windows\\System32\\drivers\\etc\\hosts`):",
			"프로그램은 서로를 이름으로 찾습니다. 한 컴퓨터에서 실행하려면 hosts 파일(`/etc/hosts`, Windows에서는 `C:\\Windows\\System32\\drivers\\etc\\hosts`)에 다음을 추가하십시오."),
			indented(hosts))
	}
	if len(hosts) > 1 {
		fmt.Fprintf(&b, "%s\n\n", l.pick(
			"On macOS each address but the first must be made first: `sudo ifconfig lo0 alias 127.0.0.2`, and so on.",
			"macOS에서는 첫 주소를 뺀 나머지 주소를 먼저 만들어야 합니다. 예: `sudo ifconfig lo0 alias 127.0.0.2`"))
	}
	fmt.Fprintf(&b, "%s\n\n", l.pick(
		"Then open a terminal for each program in this folder, and start them in this order:",
		"그런 다음 이 폴더에서 프로그램마다 터미널을 하나씩 열고, 다음 순서로 시작하십시오."))
	for i, command := range commands {
		b.WriteString(indented([]string{command}))
		if len(input[i]) > 0 {
			fmt.Fprintf(&b, "%s\n\n%s", l.pick("It reads what you type; in the lab that was:", "입력한 줄을 읽습니다. 실습에서는 다음을 입력했습니다."), indented(input[i]))
		}
	}
	fmt.Fprintf(&b, "%s\n", l.pick(
		"On one machine there is no wire in between: nothing is held, delayed or lost, and packets can be larger.",
		"한 컴퓨터 안에는 중간에 회선이 없습니다. 붙잡히거나 늦어지거나 사라지는 패킷이 없고, 패킷이 더 클 수 있습니다."))
	return b.String()
}

// indented are lines of code in Markdown.
func indented(lines []string) string {
	return "    " + strings.Join(lines, "\n    ") + "\n\n"
}
