package org.almosttls.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Timeout;

/** What the suites have in common: connections of the stack that is tried, with itself. */
@Timeout(30)
abstract class Control {

    private final Stack stack;

    Control(Stack stack) {
        this.stack = stack;
    }

    final Stack stack() {
        return stack;
    }

    /** A client's of this version and those before it, with a key of its own if it is given one. */
    final SSLContext client(String version, TestIdentity... identity) {
        return Contexts.named(version, stack.provider(), identity);
    }

    /** A server's. */
    final SSLContext server(String version) {
        return server(version, TestCertificates.ecServer());
    }

    final SSLContext server(String version, TestIdentity identity) {
        return Contexts.named(version, stack.provider(), identity);
    }

    /** Sockets, connected, before their handshake. */
    final SocketPair sockets(String version) throws IOException {
        return new SocketPair(client(version), server(version));
    }

    /** The same in this setting. */
    final SocketPair sockets(Setting setting) throws IOException {
        return setting.isLayered() ? layered(setting.version(), RawPair.open(), true) : sockets(setting.version());
    }

    /** The same over transports of the caller's. */
    final SocketPair layered(String version, RawPair raw, boolean autoClose) throws IOException {
        return SocketPair.layered(client(version), server(version), raw, autoClose);
    }

    /** Engines before their handshake. */
    final EnginePair engines(String version) {
        return new EnginePair(client(version), server(version));
    }

    static void with(SSLSocket socket, Consumer<SSLParameters> change) {
        var parameters = socket.getSSLParameters();
        change.accept(parameters);
        socket.setSSLParameters(parameters);
    }

    static void with(SSLEngine engine, Consumer<SSLParameters> change) {
        var parameters = engine.getSSLParameters();
        change.accept(parameters);
        engine.setSSLParameters(parameters);
    }

    /** Leaves a test out where the platform lacks what it tries. */
    static void sinceJava(int feature) {
        assumeTrue(Runtime.version().feature() >= feature, () -> "since Java " + feature);
    }
}
