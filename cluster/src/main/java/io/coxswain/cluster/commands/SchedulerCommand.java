package io.coxswain.cluster.commands;

import io.coxswain.base.flags.FlagSet;
import io.coxswain.scheduler.Scheduler;
import io.coxswain.scheduler.SchedulerConfiguration;
import java.util.List;
import java.util.Random;

/// `cox kube-scheduler`: the scheduler in a process of its own.
record SchedulerCommand() implements Command {

    private static final int PORT = 10259;

    @Override
    public Class<ComponentFlags> flags() {
        return ComponentFlags.class;
    }

    @Override
    public int run(List<String> args) {
        var flags = FlagSet.of(ComponentFlags.class).parse(args).flags();
        return new Component(
                        "kube-scheduler",
                        PORT,
                        (client, informers, loops) -> {
                            var scheduler =
                                    new Scheduler(
                                            SchedulerConfiguration.DEFAULT,
                                            client,
                                            informers,
                                            loops,
                                            new Random());
                            scheduler.start();
                            return scheduler;
                        })
                .run(flags);
    }
}
