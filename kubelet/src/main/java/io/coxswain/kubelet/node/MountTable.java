package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is mounted where, as the kernel tells, in the order it was mounted.
///
/// A line such as `31 23 0:26 /x /mnt/a\040b rw,noatime shared:12 - tmpfs none rw,size=64k` is
/// `Entry("/x", "/mnt/a b", true, "tmpfs", "none", "rw,size=64k")`.
public record MountTable(List<Entry> entries) {

    private static final Path OWN = Path.of("/proc/self/mountinfo");

    public MountTable {
        entries = List.copyOf(entries);
    }

    /// A mount: which folder of its file system (`root`) appears at `path`.
    public record Entry(
            String root, String path, boolean shared, String type, String source, String options) {}

    /// The mounts that this process sees now.
    public static MountTable read() {
        try {
            return parse(Files.readString(OWN, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new HostException("cannot read " + OWN, e);
        }
    }

    static MountTable parse(String text) {
        return new MountTable(text.lines().map(MountTable::entry).toList());
    }

    private static Entry entry(String line) {
        var halves = line.split(" - ", 2);
        var left = halves[0].split(" ");
        var right = halves[1].split(" ");
        var shared = false;
        for (int i = 6; i < left.length; i++) {
            shared |= left[i].startsWith("shared:");
        }
        var options = right.length > 2 ? right[2] : "";
        return new Entry(
                unescape(left[3]),
                unescape(left[4]),
                shared,
                right[0],
                unescape(right[1]),
                options);
    }

    /// The mount seen at exactly this path: of several the last one, which hides the others.
    public @Nullable Entry at(Path path) {
        return entries.stream()
                .filter(entry -> entry.path().equals(path.toString()))
                .reduce((_, later) -> later)
                .orElse(null);
    }

    /// Every mount at `folder` or below it, innermost first: the order to unmount them in.
    public List<Entry> under(Path folder) {
        var found = new ArrayList<Entry>();
        for (var entry : entries) {
            if (Path.of(entry.path()).startsWith(folder)) {
                found.addFirst(entry);
            }
        }
        found.sort(Comparator.comparingInt(entry -> -Path.of(entry.path()).getNameCount()));
        return found;
    }

    /// The kernel writes space, tab, newline and backslash as `\040` and so on.
    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                out.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
