package io.coxswain.kubelet.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicDirectoryTest {

    @TempDir private Path root = Path.of("unset");

    private static FileContent file(String text) {
        return new FileContent(text.getBytes(StandardCharsets.UTF_8), 0640);
    }

    private boolean write(Map<String, FileContent> files) throws VolumeException, IOException {
        return new AtomicDirectory(root).write(files);
    }

    @Test
    void filesAppearWithTheirModesAlsoInFolders() throws Exception {
        assertThat(write(Map.of("a", file("1"), "dir/b", file("2")))).isTrue();

        assertThat(root.resolve("a")).hasContent("1");
        assertThat(root.resolve("dir/b")).hasContent("2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("a"))))
                .isEqualTo("rw-r-----");
        assertThat(Files.readSymbolicLink(root.resolve("a"))).isEqualTo(Path.of("..data/a"));
    }

    @Test
    void aChangeSwapsEverythingAndRemovesWhatIsGone() throws Exception {
        write(Map.of("a", file("1"), "b", file("1")));
        var before = root.resolve("..data").toRealPath();

        assertThat(write(Map.of("a", file("2")))).isTrue();

        assertThat(root.resolve("a")).hasContent("2");
        assertThat(Files.exists(root.resolve("b"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(before).doesNotExist();
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        write(Map.of("a", file("1")));
        var before = root.resolve("..data").toRealPath();

        assertThat(write(Map.of("a", file("1")))).isFalse();
        assertThat(root.resolve("..data").toRealPath()).isEqualTo(before);
    }

    @Test
    void whatACrashLeftIsNoObstacle() throws Exception {
        Files.createSymbolicLink(root.resolve("..data_tmp"), Path.of("..gone"));
        Files.createSymbolicLink(root.resolve("..data"), Path.of("..gone"));
        assertThat(write(Map.of("a", file("1")))).isTrue();
        assertThat(root.resolve("a")).hasContent("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../up", "a/../../b", "..data", "..hidden/x"})
    void pathsThatLeadElsewhereAreRefused(String path) {
        assertThatThrownBy(() -> write(Map.of(path, file("x"))))
                .isInstanceOf(VolumeException.class)
                .hasMessage("invalid path: " + path);
    }
}
