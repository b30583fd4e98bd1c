package sample.jdbcclient;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.StringJoiner;

/** Asks a data base something, and then how the connection is kept secret. */
public final class Main {

    private static final String SECURITY =
            "select version, cipher, coalesce(client_dn, 'nobody') from pg_stat_ssl where pid = pg_backend_pid()";

    private Main() {}

    public static void main(String... args) {
        Options options = Options.parseOrExit(args);
        try (Connection connection = DriverManager.getConnection(options.address(), settings(options))) {
            print(connection, options.query());
            System.out.println();
            print(connection, SECURITY);
        } catch (SQLException e) {
            System.err.println("jdbc-client: " + e.getMessage());
            System.exit(1);
        }
    }

    private static Properties settings(Options options) {
        Properties settings = new Properties();
        settings.put("user", options.user());
        settings.put("password", options.password());
        // TLS or nothing, with a certificate that is trusted and has the server's name.
        settings.put("sslmode", "verify-full");
        // Trust and keys are those of javax.net.ssl, not of files in the home folder.
        settings.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        return settings;
    }

    private static void print(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringJoiner row = new StringJoiner("\t");
                for (int column = 1; column <= columns; column++) row.add(rows.getString(column));
                System.out.println(row);
            }
        }
    }
}
