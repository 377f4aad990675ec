package io.coxswain.scheduler;

import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import java.util.random.RandomGenerator;

public final class Scheduler implements AutoCloseable {
    public Scheduler(
            SchedulerConfiguration c, Client client, Informers i, Loops l, RandomGenerator r) {}

    public void start() {}

    @Override
    public void close() {}
}
