//go:build linux

package confine

// allowed are the system calls that programs of a lab may make: what the C
// library, Python, Go and ordinary network programs need. Names that this
// machine lacks are passed over. What is neither here nor in refused does not
// exist for a program: it gets ENOSYS, and does what it does on an older
// kernel.
//
// Left out with intent, because the memory they take is in no limit:
// memfd_create and System V shared memory. For the same reason mmap makes no
// shared memory without a file.
const allowed = `
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range dup dup2 dup3 fcntl ioctl lseek
open openat openat2 creat access faccessat faccessat2 stat lstat fstat newfstatat statx statfs fstatfs
readlink readlinkat getdents getdents64 getcwd chdir fchdir umask
rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod mknodat
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
truncate ftruncate fallocate fsync fdatasync sync_file_range syncfs flock fadvise64 readahead copy_file_range
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
inotify_init inotify_init1 inotify_add_watch inotify_rm_watch
sendfile splice tee vmsplice pipe pipe2

socket socketpair bind listen accept accept4 connect shutdown getsockname getpeername getsockopt setsockopt
sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old epoll_pwait epoll_pwait2
eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime

brk mmap munmap mremap mprotect madvise mincore msync mlock mlock2 munlock mlockall munlockall membarrier
pkey_alloc pkey_free pkey_mprotect mbind get_mempolicy set_mempolicy

clone fork vfork execve execveat exit exit_group wait4 waitid pidfd_open pidfd_send_signal
getpid getppid gettid getpgid getpgrp setpgid getsid setsid set_tid_address
getuid geteuid getgid getegid getresuid getresgid getgroups setuid setgid setreuid setregid setresuid setresgid setgroups
setfsuid setfsgid capget capset prctl arch_prctl
getrlimit setrlimit prlimit64 getrusage getpriority setpriority ioprio_get ioprio_set times sysinfo uname getcpu
sched_yield sched_getaffinity sched_setaffinity sched_getparam sched_setparam sched_getscheduler sched_setscheduler
sched_get_priority_max sched_get_priority_min sched_rr_get_interval sched_getattr sched_setattr
futex futex_waitv futex_wake futex_wait futex_requeue get_robust_list set_robust_list rseq restart_syscall

kill tkill tgkill pause alarm getitimer setitimer sigaltstack rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait
rt_sigqueueinfo rt_tgsigqueueinfo rt_sigreturn rt_sigsuspend
nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time
timer_create timer_settime timer_gettime timer_getoverrun timer_delete
getrandom
`

// told are calls that a program does not make by chance, and that are refused
// like others: that it has made one is shown, and why it failed. The tracer
// has them fail; where there is none, the kernel does.
const told = `
unshare setns mount umount2 pivot_root chroot ptrace process_vm_readv process_vm_writev pidfd_getfd
io_uring_setup bpf perf_event_open userfaultfd seccomp keyctl add_key init_module finit_module reboot sethostname clock_settime settimeofday
memfd_create shmget semget msgget
`

// refused are the system calls that are answered with EPERM: they go around
// the tracer or out of the namespaces, or reach into the kernel where no
// program of a lab has business.
const refused = `
unshare setns mount umount2 pivot_root chroot mount_setattr move_mount open_tree open_tree_attr fsopen fsmount fsconfig fspick
ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp
io_uring_setup io_uring_enter io_uring_register
bpf perf_event_open userfaultfd seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self
keyctl add_key request_key
init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd syslog
settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
name_to_handle_at open_by_handle_at fanotify_init fanotify_mark lookup_dcookie personality iopl ioperm modify_ldt vhangup
memfd_secret move_pages migrate_pages
`
