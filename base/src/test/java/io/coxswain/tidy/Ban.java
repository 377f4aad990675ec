package io.coxswain.tidy;

import java.util.List;
import java.util.regex.Pattern;

/// Something that code must not say, what to say instead, and the parts of paths where it is right.
record Ban(Pattern pattern, String instead, List<String> allowed) {

    static final List<Ban> ALL =
            List.of(
                    ban("Instant\\.now\\(", "clock.now()", "base/Clock.java"),
                    ban("System\\.currentTimeMillis\\(", "clock.now()"),
                    ban("System\\.nanoTime\\(", "clock.nanos()", "base/Clock.java"),
                    ban("new Thread\\(", "Loops, or Thread.ofVirtual() for one connection"),
                    ban(
                            "System\\.exit\\(",
                            "a return code",
                            "cluster/Main.java",
                            "bench/Bench.java"),
                    ban("\\.printStackTrace\\(", "a log message"),
                    ban(
                            "import io\\.netty\\.",
                            "module http",
                            "http/src/",
                            "kubelet/runtime/cri/",
                            "cluster/kms/KmsClientTest"),
                    ban("Object[I]nputStream", "a record and its codec"),
                    ban("import (org\\.mockito|org\\.easymock)", "the real thing, or a fake"),
                    ban("Thread\\.sleep\\(", "settle(), or a Loop", "Real", "bench/"),
                    ban("@Disabled\\b", "repair or remove the test"),
                    ban("\\b(TODO|FIXME)\\b(?! ?\\(?#\\d)", "an issue, and its number here"));

    private static Ban ban(String pattern, String instead, String... allowed) {
        return new Ban(Pattern.compile(pattern), instead, List.of(allowed));
    }

    boolean finds(Sources.Source source, String line) {
        return !line.strip().startsWith("///")
                && pattern.matcher(line).find()
                && allowed.stream().noneMatch(source.path()::contains);
    }
}
