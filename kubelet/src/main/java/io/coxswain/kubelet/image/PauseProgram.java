package io.coxswain.kubelet.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The program of the sandbox container: it waits, so that the pod's namespaces stay.
///
/// Written as machine code, since a stranger's machine may have no compiler. In C it would be
/// ```
/// sigprocmask(SIG_BLOCK, {SIGINT, SIGTERM});  // so that they wait for us even as process 1
/// sigaction(SIGCHLD, SIG_IGN);                // so that the kernel reaps orphans of the pod
/// while (sigtimedwait({SIGINT, SIGTERM}) < 0) {}
/// exit(0);
/// ```
/// The file is an ELF header, a program header that maps the whole file at 0x400000, 80 bytes of
/// code, and two constants: `set`, the signals to wait for, at +80 of the code, and `act` at +88.
public final class PauseProgram {

    private static final long BASE = 0x400000;
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int CODE_START = ELF_HEADER + PROGRAM_HEADER;
    private static final int CODE = 80;
    private static final int SET = 8;
    private static final int ACTION = 32;

    /// The set {SIGINT (2), SIGTERM (15)} as the kernel's mask.
    private static final long SIGNALS = 1L << (2 - 1) | 1L << (15 - 1);

    /// SIG_IGN, the handler in `struct sigaction`; flags, restorer and mask behind it are 0.
    private static final long IGNORE = 1;

    /// Left the bytes, right what they say. `rdx` stays 0 and `r10` 8 throughout.
    private static final String X86_64 =
            """
            b80e000000      | mov eax, 14          rt_sigprocmask
            31ff            | xor edi, edi         SIG_BLOCK
            488d3542000000  | lea rsi, [rip+66]    set
            31d2            | xor edx, edx         no old set wanted
            41ba08000000    | mov r10d, 8          bytes of a set
            0f05            | syscall
            b80d000000      | mov eax, 13          rt_sigaction
            bf11000000      | mov edi, 17          SIGCHLD
            488d352f000000  | lea rsi, [rip+47]    act
            31d2            | xor edx, edx         no old action wanted
            0f05            | syscall
            b880000000      | mov eax, 128         rt_sigtimedwait
            488d3d17000000  | lea rdi, [rip+23]    set
            31f6            | xor esi, esi         no details wanted; rdx: no timeout
            0f05            | syscall
            85c0            | test eax, eax
            78ec            | js -20               interrupted: wait again
            b83c000000      | mov eax, 60          exit
            31ff            | xor edi, edi         0
            0f05            | syscall
            660f1f440000    | nop
            """;

    /// Instructions are little-endian words, written here as numbers. `x2` stays 0 and `x3` 8.
    private static final String AARCH64 =
            """
            52800000 | mov w0, 0            SIG_BLOCK
            10000261 | adr x1, +76          set
            d2800002 | mov x2, 0            no old set wanted
            d2800103 | mov x3, 8            bytes of a set
            d28010e8 | mov x8, 135          rt_sigprocmask
            d4000001 | svc 0
            d2800220 | mov x0, 17           SIGCHLD
            100001e1 | adr x1, +60          act
            d28010c8 | mov x8, 134          rt_sigaction
            d4000001 | svc 0
            10000140 | adr x0, +40          set
            d2800001 | mov x1, 0            no details wanted; x2: no timeout
            d2801128 | mov x8, 137          rt_sigtimedwait
            d4000001 | svc 0
            b7ffff80 | tbnz x0, 63, -16     interrupted: wait again
            d2800000 | mov x0, 0
            d2800ba8 | mov x8, 93           exit
            d4000001 | svc 0
            d503201f | nop
            d503201f | nop
            """;

    private PauseProgram() {}

    /// The executable file for `amd64` or `arm64`.
    public static byte[] elf(String architecture) {
        return switch (architecture) {
            case "amd64" -> file(62, bytes(X86_64, false));
            case "arm64" -> file(183, bytes(AARCH64, true));
            default ->
                    throw new IllegalArgumentException(
                            "no pause program for " + architecture + "; use amd64 or arm64");
        };
    }

    /// As OCI names the architecture of this machine.
    public static String hostArchitecture() {
        var name = System.getProperty("os.arch", "");
        return name.equals("aarch64") ? "arm64" : name.equals("x86_64") ? "amd64" : name;
    }

    private static byte[] file(int machine, byte[] code) {
        if (code.length != CODE) {
            throw new IllegalStateException("code of " + code.length + " bytes");
        }
        var size = CODE_START + CODE + SET + ACTION;
        var out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16); // 64 bits, little-endian
        out.putShort((short) 2).putShort((short) machine).putInt(1); // executable
        out.putLong(BASE + CODE_START).putLong(ELF_HEADER).putLong(0); // entry, program headers
        out.putInt(0).putShort((short) ELF_HEADER);
        out.putShort((short) PROGRAM_HEADER).putShort((short) 1).putShort((short) 64);
        out.putInt(0); // no sections
        out.putInt(1).putInt(5).putLong(0); // load, readable and executable, from offset 0
        out.putLong(BASE).putLong(BASE).putLong(size).putLong(size).putLong(0x10000);
        out.put(code).putLong(SIGNALS).putLong(IGNORE);
        return out.array();
    }

    private static byte[] bytes(String listing, boolean words) {
        var hex = new StringBuilder();
        listing.lines()
                .map(line -> line.substring(0, line.indexOf('|')).strip())
                .forEach(digits -> hex.append(words ? reversed(digits) : digits));
        return HexFormat.of().parseHex(hex);
    }

    private static String reversed(String word) {
        return word.substring(6)
                + word.substring(4, 6)
                + word.substring(2, 4)
                + word.substring(0, 2);
    }
}
