package io.coxswain.kubelet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageArchiveTest {

    private static final ImageArchive PAUSE = NodeImages.pause("amd64");

    @Test
    void eachBlobIsNamedByItsDigest() {
        var files = read(PAUSE.bytes());

        var blobs = files.keySet().stream().filter(n -> n.matches("blobs/sha256/.+")).toList();
        assertThat(blobs).hasSize(3);
        for (var name : blobs) {
            assertThat(ImageArchive.digest(content(files, name)).replace(':', '/'))
                    .isEqualTo(name.substring("blobs/".length()));
        }
    }

    @Test
    void theChainLeadsFromTheIndexToTheLayer() {
        var files = read(PAUSE.bytes());
        var index = text(files, "index.json");
        var manifest = text(files, blobNamedIn(index));

        assertThat(index).contains("\"io.containerd.image.name\":\"" + NodeImages.PAUSE + "\"");
        assertThat(manifest).contains(PAUSE.id()).contains(ImageArchive.digest(PAUSE.layer()));
        assertThat(text(files, "manifest.json"))
                .contains("\"RepoTags\":[\"localhost/coxswain/pause:1\"]");
        assertThat(text(files, "blobs/" + PAUSE.id().replace(':', '/')))
                .contains("\"User\":\"65535:65535\"")
                .contains("\"Cmd\":[\"/pause\"]")
                .contains(ImageArchive.digest(PAUSE.layer()));
    }

    @Test
    void theSameImageHasTheSameBytes() {
        assertThat(NodeImages.pause("amd64").bytes()).isEqualTo(PAUSE.bytes());
        assertThat(NodeImages.pause("arm64").id()).isNotEqualTo(PAUSE.id());
    }

    @Test
    void aLayerKeepsModesAndLinks() {
        var tar = new TarWriter().file("bin/x", 0755, new byte[600]).link("bin/y", "x").bytes();

        assertThat(tar).hasSize(512 + 1024 + 512 + 1024);
        assertThat(new String(tar, 100, 7, StandardCharsets.US_ASCII)).isEqualTo("0000755");
        assertThat(new String(tar, 124, 11, StandardCharsets.US_ASCII)).isEqualTo("00000001130");
        assertThat((char) tar[1536 + 156]).isEqualTo('2');
        assertThat((char) tar[1536 + 157]).isEqualTo('x');
    }

    @Test
    void thePauseProgramIsAnExecutableOf240Bytes() {
        for (var architecture : List.of("amd64", "arm64")) {
            var elf = PauseProgram.elf(architecture);
            assertThat(elf).hasSize(240).startsWith(0x7f, 'E', 'L', 'F', 2, 1, 1);
            assertThat(elf[200]).isEqualTo((byte) 2); // SIGINT and SIGTERM: 0x4002
            assertThat(elf[201]).isEqualTo((byte) 0x40);
            assertThat(elf[208]).isEqualTo((byte) 1); // SIG_IGN
        }
        assertThatThrownBy(() -> PauseProgram.elf("riscv64"))
                .hasMessage("no pause program for riscv64; use amd64 or arm64");
    }

    @Test
    void namesThatAreNoImageNamesAreRefused() {
        assertThatThrownBy(() -> image("no-tag")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> image("a\":1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TarWriter().file("x".repeat(101), 0644, new byte[0]))
                .hasMessageStartingWith("too long");
    }

    private static ImageArchive image(String name) {
        return new ImageArchive(name, "amd64", List.of(), "", new byte[0]);
    }

    private static String blobNamedIn(String index) {
        var at = index.indexOf("sha256:");
        return "blobs/" + index.substring(at, at + 71).replace(':', '/');
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(content(files, name), StandardCharsets.UTF_8);
    }

    private static byte[] content(Map<String, byte[]> files, String name) {
        return files.getOrDefault(name, new byte[0]);
    }

    private static Map<String, byte[]> read(byte[] tar) {
        var files = new LinkedHashMap<String, byte[]>();
        int at = 0;
        while (tar[at] != 0) {
            var name = new String(tar, at, 100, StandardCharsets.UTF_8).replaceAll("\0.*", "");
            var digits = new String(tar, at + 124, 11, StandardCharsets.US_ASCII);
            var size = Integer.parseInt(digits, 8);
            files.put(name, Arrays.copyOfRange(tar, at + 512, at + 512 + size));
            at += 512 + (size + 511) / 512 * 512;
        }
        return files;
    }
}
