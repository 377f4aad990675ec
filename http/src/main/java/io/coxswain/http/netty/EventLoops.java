package io.coxswain.http.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/// The few daemon threads that all connections of this process share. They only move bytes;
/// handlers run on virtual threads.
public final class EventLoops {

    private EventLoops() {}

    /// Created on first use, for the life of the process.
    public static EventLoopGroup shared() {
        return Holder.GROUP;
    }

    private static final class Holder {
        static final EventLoopGroup GROUP =
                new MultiThreadIoEventLoopGroup(
                        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8),
                        new DefaultThreadFactory("http-io", true),
                        NioIoHandler.newFactory());
    }
}
