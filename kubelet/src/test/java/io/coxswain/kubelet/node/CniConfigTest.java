package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CniConfigTest {

    private static final Path ADDRESSES = Path.of("/data/ipam");

    @Test
    void everyFamilyHasItsRange() {
        var cidrs = List.of("10.244.1.0/24", "fd00:1::/64");

        var json = new CniConfig("cox0", cidrs, ADDRESSES, 1400).json();

        assertThat(json)
                .contains("\"bridge\": \"cox0\"")
                .contains("\"mtu\": 1400")
                .contains("\"ipMasq\": false")
                .contains("[[{\"subnet\": \"10.244.1.0/24\"}], [{\"subnet\": \"fd00:1::/64\"}]]");
    }

    @Test
    void theFileIsWrittenWholeAndOverAnOlderOne(@TempDir Path folder) throws IOException {
        new CniConfig("cox0", List.of("10.244.1.0/24"), ADDRESSES, 0).write(folder);
        new CniConfig("cox0", List.of("10.244.2.0/24"), ADDRESSES, 0).write(folder);

        assertThat(folder.toFile().list()).containsExactly(CniConfig.FILE);
        assertThat(Files.readString(folder.resolve(CniConfig.FILE))).contains("10.244.2.0/24");
    }

    @Test
    void namesAndRangesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new CniConfig("a\"b", List.of(), ADDRESSES, 0))
                .hasMessageContaining("not a name for a link");
        assertThatThrownBy(() -> new CniConfig("interface-name-too-long", List.of(), ADDRESSES, 0))
                .hasMessageContaining("not a name for a link");
        assertThatThrownBy(() -> new CniConfig("cox0", List.of("10.0.0.0"), ADDRESSES, 0))
                .hasMessage("not a CIDR: 10.0.0.0");
    }
}
