package io.coxswain.cli.resource;

import io.coxswain.base.flags.Flag;
import java.util.Arrays;
import java.util.List;

/// `-f` and `-R`.
public record FileFlags(
        @Flag(
                        value = "Filename, directory, or URL to files identifying the resource.",
                        letter = "f")
                List<String> filename,
        @Flag(value = "Process the directory used in -f, --filename recursively.", letter = "R")
                boolean recursive) {

    public List<String> files() {
        return filename.stream().flatMap(names -> Arrays.stream(names.split(","))).toList();
    }

    public boolean isEmpty() {
        return filename.isEmpty();
    }
}
