package io.coxswain.base.host;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder for what is true until the machine, or the network namespace, goes away: who uses it
/// and what it was before. A killed process leaves its notes there for the next one.
///
/// Every network namespace is a host of its own: `/run/coxswain/net-4026531840`.
public record RunDirectory(Path path) {

    private static final Path TOP = Path.of("/run/coxswain");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

    /// The folder of the network namespace that this process is in.
    public static RunDirectory ofThisHost() {
        try {
            // It reads `net:[4026531840]`.
            var digits = Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
            return new RunDirectory(TOP.resolve("net-" + digits));
        } catch (IOException e) {
            return new RunDirectory(TOP);
        }
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    public void write(String name, String text) throws IOException {
        Files.createDirectories(path);
        var draft = file(name + ".tmp");
        Files.writeString(draft, text);
        Files.move(draft, file(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /// Empty when there is no such note.
    public String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            return "";
        }
    }

    /// Removes a note, and the folders with the last one.
    public void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(TOP);
        } catch (DirectoryNotEmptyException e) {
            // Others have notes there.
        }
    }
}
