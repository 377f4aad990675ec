package io.coxswain.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.storage.Write;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The judge of the crash rounds is shown stores that broke their word.
class AuditTest {

    @TempDir private Path directory;
    private Audit audit = new Audit(Path.of(""));

    @BeforeEach
    void write() {
        audit = new Audit(directory);
        try (var store = EmbeddedStore.open(directory, Clock.SYSTEM)) {
            store.write(Write.create(Content.pod(1), Content.draft(7)));
            store.write(Write.create(Content.pod(2), Content.draft(8)));
        }
    }

    private static Journal journal(String... lines) throws IOException {
        var journal = new Journal();
        journal.read(new StringReader(String.join("\n", lines) + "\n"), Integer.MAX_VALUE);
        return journal;
    }

    @Test
    void whatWasAcknowledgedAndWhatWasOnlyAnnouncedMayBeThere() throws IOException {
        audit.check(
                journal(
                        "? 7 pods k1 false 0",
                        "! 7 1",
                        "? 8 pods k2 false 0",
                        "? 9 pods k3 false 0"));

        assertThat(audit.kept()).isEqualTo(1);
        assertThat(audit.revision()).isEqualTo(2);
    }

    @Test
    void aLostWriteIsFound() throws IOException {
        var said =
                journal(
                        "? 7 pods k1 false 0",
                        "! 7 1",
                        "? 8 pods k2 false 0",
                        "! 8 2",
                        "? 9 pods k3 false 0",
                        "! 9 3");

        assertThatThrownBy(() -> audit.check(said)).hasMessageContaining("is lost");
    }

    @Test
    void aPhantomIsFound() throws IOException {
        var said = journal("? 7 pods k1 false 0", "! 7 1");

        assertThatThrownBy(() -> audit.check(said)).hasMessageContaining("is a phantom");
    }

    @Test
    void aRefusedWriteThatIsThereIsFound() throws IOException {
        var said = journal("? 7 pods k1 false 0", "! 7 1", "? 8 pods k2 false 0", "= 8");

        assertThatThrownBy(() -> audit.check(said)).hasMessageContaining("is a phantom");
    }

    @Test
    void aRevisionOfAnotherWriteIsFound() throws IOException {
        var said = journal("? 7 pods k1 false 0", "! 7 2", "? 8 pods k2 false 0", "! 8 1");

        assertThatThrownBy(() -> audit.check(said)).hasMessageContaining("revision 1 holds 7");
    }

    @Test
    void aRevisionThatIsGivenOutAgainIsFound() throws IOException {
        audit.check(journal("? 7 pods k1 false 0", "! 7 1", "? 8 pods k2 false 0", "! 8 2"));

        assertThatThrownBy(() -> audit.check(journal("? 9 pods k3 false 0", "! 9 2")))
                .hasMessageContaining("given out again");
    }
}
