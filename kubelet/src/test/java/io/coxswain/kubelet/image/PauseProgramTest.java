package io.coxswain.kubelet.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the machine code on this machine.
@Tag("real")
class PauseProgramTest {

    @Test
    void itWaitsUntilItIsTerminatedAndThenEndsWell(@TempDir Path folder) throws Exception {
        var process = start(folder, "");

        assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        process.destroy();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /// Ten shells leave each a child behind; as process 1 of its namespace, the program inherits
    /// them.
    @Test
    void asProcessOneItLeavesNoZombies(@TempDir Path folder) throws Exception {
        var orphans = "for i in 1 2 3 4 5; do (sleep 0.1 &) ; done; exec ";
        var process = start(folder, orphans);
        process.waitFor(500, TimeUnit.MILLISECONDS);

        var children = process.toHandle().descendants().toList();

        assertThat(children).hasSizeLessThanOrEqualTo(1);
        process.destroyForcibly().waitFor();
    }

    private static Process start(Path folder, String before) throws IOException {
        var file = folder.resolve("pause");
        Files.write(file, PauseProgram.elf(PauseProgram.hostArchitecture()));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        if (before.isEmpty()) {
            return new ProcessBuilder(file.toString()).start();
        }
        return new ProcessBuilder(
                        "unshare", "--pid", "--fork", "--kill-child", "sh", "-c", before + file)
                .start();
    }
}
