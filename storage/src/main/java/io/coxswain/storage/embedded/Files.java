package io.coxswain.storage.embedded;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The names of a store's files.
///
/// ```
/// LOCK                            locked while the store is open
/// FORMAT                          the version of everything here
/// RESERVE                         room for deletions when the disk is full
/// log-0000000007                  segments of the log, numbered without a hole
/// snapshot-00000000000000004711   the state at revision 4711
/// *.new                           being written; left over from a crash, deleted
/// ```
/// Two snapshots are kept, and the log since the older one: the newer is there if the older cannot
/// be read, and the log between them is the history that watches resume from after a restart.
final class Files {

    static final String LOCK = "LOCK";
    static final String RESERVE = "RESERVE";
    static final String FORMAT = "FORMAT";
    static final String FORMAT_TEXT = "coxswain store format 1\n";
    static final String UNFINISHED = ".new";

    private static final String LOG = "log-";
    private static final String SNAPSHOT = "snapshot-";

    private Files() {}

    static String log(long segment) {
        return String.format(Locale.ROOT, "%s%010d", LOG, segment);
    }

    static String snapshot(long revision) {
        return String.format(Locale.ROOT, "%s%020d", SNAPSHOT, revision);
    }

    /// The numbers of the log segments among these files, in order.
    static List<Long> logs(List<String> names) {
        return numbers(names, LOG);
    }

    /// The revisions of the snapshots among these files, in order.
    static List<Long> snapshots(List<String> names) {
        return numbers(names, SNAPSHOT);
    }

    static List<String> unfinished(List<String> names) {
        return names.stream().filter(name -> name.endsWith(UNFINISHED)).toList();
    }

    private static List<Long> numbers(List<String> names, String prefix) {
        return names.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .flatMap(Files::number)
                .sorted()
                .toList();
    }

    private static Stream<Long> number(String digits) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9') && digits.length() < 21
                ? Stream.of(Long.parseLong(digits))
                : Stream.empty();
    }
}
