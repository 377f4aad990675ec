package io.coxswain.base.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagSetTest {

    record Common(@Flag(value = "the namespace", letter = "n") String namespace) {}

    record Get(
            Common common,
            @Flag(value = "the output", letter = "o") String output,
            @Flag(value = "all of them", letter = "A") boolean allNamespaces,
            @Flag(value = "follow", letter = "w") boolean watch,
            @Flag("files") List<String> files,
            @Flag(value = "how long", def = "30s") Duration timeout,
            @Flag(value = "dry", def = "none", bare = "unchanged") String dryRun,
            @Flag(value = "page", def = "500") int chunkSize) {}

    private static FlagSet.Parsed<Get> parse(String... args) {
        return FlagSet.of(Get.class).parse(List.of(args));
    }

    @Test
    void flagsAndArgumentsMayBeMixed() {
        var parsed = parse("get", "-n", "prod", "pods", "--output=yaml", "-Aw");

        assertThat(parsed.arguments()).containsExactly("get", "pods");
        assertThat(parsed.flags().common().namespace()).isEqualTo("prod");
        assertThat(parsed.flags().output()).isEqualTo("yaml");
        assertThat(parsed.flags().allNamespaces()).isTrue();
        assertThat(parsed.flags().watch()).isTrue();
    }

    record Shared(@Flag("whom to be") String user) {}

    record Bind(Shared shared, @Flag("whom to bind") List<String> user) {}

    @Test
    void aCommandsOwnFlagHidesASharedOneOfItsName() {
        var flags = FlagSet.of(Bind.class).parse(List.of("--user=joe")).flags();

        assertThat(flags.user()).containsExactly("joe");
        assertThat(flags.shared().user()).isEmpty();
    }

    @Test
    void aLetterMayCarryItsValue() {
        assertThat(parse("-oyaml").flags().output()).isEqualTo("yaml");
        assertThat(parse("-o=yaml").flags().output()).isEqualTo("yaml");
        assertThat(parse("-wo", "yaml").flags().output()).isEqualTo("yaml");
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        var flags = parse().flags();

        assertThat(flags.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(flags.chunkSize()).isEqualTo(500);
        assertThat(flags.dryRun()).isEqualTo("none");
        assertThat(flags.files()).isEmpty();
    }

    @Test
    void aFlagWithABareValueNeedsNone() {
        assertThat(parse("--dry-run", "x").flags().dryRun()).isEqualTo("unchanged");
        assertThat(parse("--dry-run=server").flags().dryRun()).isEqualTo("server");
    }

    @Test
    void behindTwoDashesEverythingIsAnArgument() {
        var parsed = parse("pod", "--", "ls", "-n");

        assertThat(parsed.arguments()).containsExactly("pod", "ls", "-n");
        assertThat(parsed.dash()).isEqualTo(1);
    }

    @Test
    void durationsAreGosOrSeconds() {
        assertThat(parse("--timeout=1h30m").flags().timeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(parse("--timeout=5").flags().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatCannotBeUnderstoodIsSaidInPflagsWords() {
        assertThatThrownBy(() -> parse("--foo")).hasMessage("unknown flag: --foo");
        assertThatThrownBy(() -> parse("-x")).hasMessage("unknown shorthand flag: 'x' in -x");
        assertThatThrownBy(() -> parse("--output")).hasMessage("flag needs an argument: --output");
        assertThatThrownBy(() -> parse("-n")).hasMessage("flag needs an argument: 'n' in -n");
        assertThatThrownBy(() -> parse("--chunk-size=x"))
                .hasMessageStartingWith("invalid argument \"x\" for \"--chunk-size\" flag");
    }
}
