package io.coxswain.cli;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a command reads from and writes to.
public record Streams(InputStream in, PrintStream out, PrintStream err) {

    public static Streams standard() {
        return new Streams(System.in, System.out, System.err);
    }
}
