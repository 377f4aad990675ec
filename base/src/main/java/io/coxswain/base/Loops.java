package io.coxswain.base;

/// Drives loops. [ThreadLoops] gives each its own virtual thread; [SimulatedLoops] runs all of them
/// on the caller's thread in an order that a seed decides.
public interface Loops extends AutoCloseable {

    /// Starts driving `loop`; its first run is as soon as possible.
    Running start(String name, Loop loop);

    Clock clock();

    /// Stops every loop that is still running and waits for them.
    @Override
    void close();

    /// A loop that was started.
    interface Running {

        /// Runs the loop soon. Wake-ups during a run cause one more run; several count as one.
        void wake();

        /// Stops the loop and waits until its current run is over. Does nothing the second time.
        void stop();
    }
}
