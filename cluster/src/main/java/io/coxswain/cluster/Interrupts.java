package io.coxswain.cluster;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C and SIGTERM.
public final class Interrupts {

    private static final CountDownLatch ASKED = new CountDownLatch(1);

    private Interrupts() {}

    /// Waits until the process is asked to stop. It lives on until it halts itself.
    public static void await() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Interrupts::hold));
        try {
            ASKED.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hold() {
        ASKED.countDown();
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
