package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.host.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeClaimTest {

    private final RunDirectory notes;
    private final Path one;
    private final Path other;

    NodeClaimTest(@TempDir Path folder) throws IOException {
        notes = new RunDirectory(folder.resolve("run"));
        one = Files.createDirectory(folder.resolve("one"));
        other = Files.createDirectory(folder.resolve("other"));
    }

    @Test
    void aHostIsForOneNode() {
        claim(one).take();
        claim(one).take();

        assertThatThrownBy(() -> claim(other).take())
                .isInstanceOf(HostException.class)
                .hasMessageContaining("./cox down --data-dir=" + one);
        claim(other).release();
        assertThat(claim(other).foreign()).isTrue();
    }

    @Test
    void aNodeThatHasGoneLeavesTheHostToOthers() throws IOException {
        claim(one).take();
        claim(one).release();
        claim(other).take();

        Files.delete(other); // Nobody could stop that one any more.
        claim(one).take();
    }

    @Test
    void nodesWithBridgesOfTheirOwnShareAHost() {
        claim(one).take();

        new NodeClaim(notes, "cox1", other).take();
    }

    private NodeClaim claim(Path data) {
        return new NodeClaim(notes, "cox0", data);
    }
}
