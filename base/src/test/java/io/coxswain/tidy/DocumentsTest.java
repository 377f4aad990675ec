package io.coxswain.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The documents have titles, their links lead somewhere, and they tell of every library.
class DocumentsTest {

    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]+)(#[^)]*)?\\)");
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");
    private static final Pattern TERM = Pattern.compile("^- \\*\\*(.+?)\\*\\*");

    private final Sources sources = Sources.read();

    @Test
    void everyDocumentHasATitle() {
        assertThat(sources.markdown())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.lines().getFirst()).as(it.path()).startsWith("# "));
    }

    @Test
    void linksLeadSomewhere() {
        var dead = new ArrayList<String>();
        for (var source : sources.markdown()) {
            var links = LINK.matcher(source.text());
            while (links.find()) {
                var file = sources.root().resolve(source.path()).resolveSibling(links.group(1));
                if (!Files.exists(file)) {
                    dead.add(source.path() + " -> " + links.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyLibraryIsListedWithItsReason() {
        var used = new TreeSet<String>();
        for (var pom : sources.poms()) {
            var dependencies = DEPENDENCY.matcher(pom.text());
            while (dependencies.find()) {
                if (!dependencies.group(1).equals("io.coxswain")) {
                    used.add(dependencies.group(2));
                }
            }
        }
        var listed =
                sources.markdown().stream()
                        .filter(it -> it.path().equals("docs/dependencies.md"))
                        .findFirst()
                        .orElseThrow()
                        .text();
        assertThat(used).allSatisfy(it -> assertThat(listed).contains("`" + it + "`"));
    }

    /// Whoever renames a test finds out that a promise names it.
    @Test
    void everyTestThatAPromiseNamesExists() {
        var tests = new HashMap<String, String>();
        sources.java().stream()
                .filter(it -> it.name().endsWith("Test.java"))
                .forEach(it -> tests.merge(it.name(), it.text(), String::concat));
        var page =
                sources.markdown().stream()
                        .filter(it -> it.path().equals("docs/security.md"))
                        .findFirst()
                        .orElseThrow();
        var missing = new ArrayList<String>();
        var named = NAMED_TEST.matcher(page.text());
        while (named.find()) {
            var text = tests.get(named.group(1) + ".java");
            if (text == null || !text.contains(" " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theGlossaryIsInOrder() {
        var terms =
                sources.markdown().stream()
                        .filter(it -> it.path().equals("docs/glossary.md"))
                        .flatMap(it -> it.lines().stream())
                        .map(TERM::matcher)
                        .filter(it -> it.find())
                        .map(it -> it.group(1))
                        .toList();
        assertThat(terms).isNotEmpty().isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }
}
