package org.almosttls.testkit;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;

/** Hellos with one thing changed. */
public final class Hellos {

    private Hellos() {}

    public static ClientHello version(ClientHello hello, ProtocolVersion version) {
        return new ClientHello(
                version,
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                hello.compressionMethods(),
                hello.extensions());
    }

    public static ClientHello suites(ClientHello hello, List<CipherSuite> suites) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                suites,
                hello.compressionMethods(),
                hello.extensions());
    }

    public static ClientHello compression(ClientHello hello, byte... methods) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                methods,
                hello.extensions());
    }

    public static ClientHello extensions(ClientHello hello, UnaryOperator<List<Extension>> change) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                hello.compressionMethods(),
                Extensions.of(change.apply(hello.extensions().all())));
    }

    public static ServerHello version(ServerHello hello, ProtocolVersion version) {
        return new ServerHello(
                version,
                hello.random(),
                hello.sessionId(),
                hello.cipherSuite(),
                hello.compressionMethod(),
                hello.extensions());
    }

    public static ServerHello random(ServerHello hello, byte[] random) {
        return new ServerHello(
                hello.legacyVersion(),
                random,
                hello.sessionId(),
                hello.cipherSuite(),
                hello.compressionMethod(),
                hello.extensions());
    }

    public static ServerHello session(ServerHello hello, byte[] id) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                id,
                hello.cipherSuite(),
                hello.compressionMethod(),
                hello.extensions());
    }

    public static ServerHello suite(ServerHello hello, CipherSuite suite) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                suite,
                hello.compressionMethod(),
                hello.extensions());
    }

    public static ServerHello compression(ServerHello hello, int method) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuite(),
                method,
                hello.extensions());
    }

    public static ServerHello extensions(ServerHello hello, UnaryOperator<List<Extension>> change) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuite(),
                hello.compressionMethod(),
                Extensions.of(change.apply(hello.extensions().all())));
    }

    /** All but the extension of this type. */
    public static UnaryOperator<List<Extension>> without(ExtensionType type) {
        return all -> all.stream().filter(each -> !each.type().equals(type)).toList();
    }

    /** One more, in place of any of its type. */
    public static UnaryOperator<List<Extension>> with(Extension extension) {
        return all -> Stream.concat(without(extension.type()).apply(all).stream(), Stream.of(extension))
                .toList();
    }

    /** One more at the end, whatever is there. */
    public static UnaryOperator<List<Extension>> plus(Extension extension) {
        return all -> Stream.concat(all.stream(), Stream.of(extension)).toList();
    }
}
