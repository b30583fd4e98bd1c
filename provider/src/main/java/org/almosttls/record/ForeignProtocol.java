package org.almosttls.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What a peer of another protocol seems to speak, judged by its first octets; for the error's text only. */
final class ForeignProtocol {

    private static final List<String> HTTP =
            List.of("HTTP", "GET ", "POST", "HEAD", "PUT ", "DELE", "OPTI", "CONN", "PATC", "TRAC", "PRI ");

    private static final List<String> MAIL = List.of("220 ", "220-", "* OK", "+OK ");

    private ForeignProtocol() {}

    static String guess(ByteBuffer network) {
        int start = network.position();
        var octets = new byte[RecordReader.HEADER_LENGTH];
        for (int i = 0; i < octets.length; i++) octets[i] = network.get(start + i);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (HTTP.contains(text.substring(0, 4))) return "it looks like plaintext HTTP";
        if (text.startsWith("SSH-")) return "it looks like SSH";
        if (MAIL.stream().anyMatch(text::startsWith)) return "it looks like a mail server before STARTTLS";
        if (text.equals("PROXY")) return "it looks like the PROXY protocol of a load balancer";
        if (text.equals("\0\0\0\b\u0004")) return "it looks like PostgreSQL, which asks for TLS first";
        // RFC 5246 §E.2: an SSL 2.0 hello has the top bit set in its length, and type 1.
        if ((octets[0] & 0x80) != 0 && octets[2] == 1) return "it looks like an SSL 2.0 hello";
        if (octets[0] >= 20 && octets[0] <= 24 && octets[1] == 3) return "it looks like TLS";
        return "its first octets are " + HexFormat.of().formatHex(octets);
    }
}
