package sample.nioclient;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of HTTP/1.0, printed as it comes; its head may tell its length, else it goes on to the end. */
final class HttpAnswer {

    private static final Pattern HEAD = Pattern.compile("^HTTP/1\\..*?\r\n\r\n", Pattern.DOTALL);
    private static final Pattern LENGTH =
            Pattern.compile("\r\ncontent-length: *(\\d{1,18})\r\n", Pattern.CASE_INSENSITIVE);
    private static final int HEAD_LIMIT = 1 << 16;
    private static final long UNKNOWN = -1;

    private final PrintStream out;
    private final StringBuilder head = new StringBuilder();
    private long received;
    private long length = UNKNOWN;

    HttpAnswer(PrintStream out) {
        this.out = out;
    }

    void add(ByteBuffer more) {
        byte[] bytes = new byte[more.remaining()];
        more.get(bytes);
        out.writeBytes(bytes);
        received += bytes.length;
        if (length == UNKNOWN && head.length() < HEAD_LIMIT) {
            head.append(new String(bytes, StandardCharsets.ISO_8859_1));
            readLength();
        }
    }

    private void readLength() {
        Matcher whole = HEAD.matcher(head);
        if (whole.find()) {
            Matcher body = LENGTH.matcher(whole.group());
            if (body.find()) {
                length = whole.end() + Long.parseLong(body.group(1));
            }
        }
    }

    boolean complete() {
        return length != UNKNOWN && received >= length;
    }

    boolean cutShort() {
        return received == 0 || received < length;
    }
}
