package io.coxswain.network.proxy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;

/// A program that sends every datagram back, on the port of its argument.
final class UdpEcho {

    private UdpEcho() {}

    public static void main(String[] arguments) throws IOException {
        try (var socket = new DatagramSocket(Integer.parseInt(arguments[0]))) {
            var packet = new DatagramPacket(new byte[512], 512);
            while (true) {
                socket.receive(packet);
                socket.send(packet);
            }
        }
    }
}
