package io.coxswain.cluster;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C and SIGTERM.
public final class Interrupts {

    private static final CountDownLatch ASKED = new CountDownLatch(1);
    private static final CountDownLatch STOPPED = new CountDownLatch(1);

    private Interrupts() {}

    /// Waits until the process is asked to stop. The process then lives until [#stopped] is called.
    public static void await() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Interrupts::hold));
        try {
            ASKED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything has been cleaned up: the process may end.
    public static void stopped() {
        STOPPED.countDown();
    }

    private static void hold() {
        ASKED.countDown();
        try {
            STOPPED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
