package io.coxswain.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What code must not say, how classes are named, and that every package says what it is.
class HouseRulesTest {

    private static final Pattern EMPTY_NAME =
            Pattern.compile("^(Abstract|Base)[A-Z].*|.*(Impl|Helper|Utils?|Manager|Service)$");

    private final Sources sources = Sources.read();

    @Test
    void nobodySaysWhatIsBanned() {
        var findings = new ArrayList<String>();
        for (var source : sources.java()) {
            if (source.directory().endsWith("io/coxswain/tidy")) {
                continue;
            }
            for (var i = 0; i < source.lines().size(); i++) {
                for (var ban : Ban.ALL) {
                    if (ban.finds(source, source.lines().get(i))) {
                        var where = source.path() + ":" + (i + 1);
                        findings.add(where + " " + ban.pattern() + ": use " + ban.instead());
                    }
                }
            }
        }
        assertThat(findings)
                .filteredOn(it -> Exceptions.CALLS.keySet().stream().noneMatch(it::contains))
                .isEmpty();
    }

    @Test
    void aClassIsNamedByTheNounItIs() {
        assertThat(sources.java())
                .extracting(it -> it.name().replace(".java", ""))
                .filteredOn(it -> EMPTY_NAME.matcher(it).matches())
                .filteredOn(it -> !Exceptions.NAMES.containsKey(it))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        var described = new HashSet<String>();
        var packages = new HashSet<String>();
        for (var source : sources.java()) {
            if (source.main()) {
                packages.add(source.directory());
                if (source.name().equals("package-info.java")) {
                    described.add(source.directory());
                    assertThat(source.lines().getFirst()).as(source.path()).startsWith("///");
                    assertThat(source.text()).as(source.path()).contains("@NullMarked");
                }
            }
        }
        assertThat(described).containsAll(packages);
    }
}
