package org.almosttls.handshake.tls12;

import java.util.List;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ApplicationProtocols;
import org.almosttls.message.ClientHello;
import org.almosttls.registry.CompressionMethod;

/**
 * RFC 5246 §7.4.1.2, RFC 3749: null always; DEFLATE only if it is requested, since the length of what is compressed
 * tells of its content, and never for HTTP.
 */
public final class Compression {

    private Compression() {}

    /** A client's list, the method that it prefers first. */
    public static byte[] offer(TlsConfig config) {
        return isOffered(config, CompressionMethod.DEFLATE)
                ? new byte[] {(byte) CompressionMethod.DEFLATE.code(), (byte) CompressionMethod.NULL.code()}
                : onlyNull();
    }

    /** The list of a client that would not have anything compressed. */
    public static byte[] onlyNull() {
        return new byte[] {(byte) CompressionMethod.NULL.code()};
    }

    /** Whether a client's list has it, as it must for a session of this method to be resumed. */
    public static boolean isOffered(TlsConfig config, CompressionMethod method) {
        return method.equals(CompressionMethod.NULL)
                || method.equals(CompressionMethod.DEFLATE)
                        && config.onRequest().has(Feature.COMPRESSION)
                        && !bearsSecrets(config.applicationProtocols());
    }

    /** HTTP has a browser's secrets beside what others make it say, which is all that CRIME takes. */
    private static boolean bearsSecrets(List<String> applicationProtocols) {
        return applicationProtocols.stream().anyMatch(name -> name.startsWith("http/") || name.startsWith("h2"));
    }

    public static boolean isAmong(ClientHello hello, CompressionMethod method) {
        for (byte offered : hello.compressionMethods()) if ((offered & 0xFF) == method.code()) return true;
        return false;
    }

    /** What a server selects. */
    public static CompressionMethod choose(TlsConfig config, ClientHello hello) {
        var spoken = hello.extensions().find(ApplicationProtocols.class).map(ApplicationProtocols::names);
        boolean deflates = isOffered(config, CompressionMethod.DEFLATE)
                && isAmong(hello, CompressionMethod.DEFLATE)
                && !bearsSecrets(spoken.orElse(List.of()));
        return deflates ? CompressionMethod.DEFLATE : CompressionMethod.NULL;
    }
}
