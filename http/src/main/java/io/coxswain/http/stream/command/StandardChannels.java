package io.coxswain.http.stream.command;

/// The channel numbers of a remote command.
final class StandardChannels {

    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;
    static final int ERROR = 3;
    static final int RESIZE = 4;
    static final int COUNT = 5;

    private StandardChannels() {}
}
