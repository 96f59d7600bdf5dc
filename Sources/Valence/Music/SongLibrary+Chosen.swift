public import Foundation
public import Graph

extension SongLibrary {
    /// The folder of the library to use: the one that is named, or that the environment variable
    /// `VALENCE_SONGS` names, if it is a library; nil for the list that comes with Valence.
    public static func chosenFolder(
        _ name: String?,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL? {
        if let name { return URL(filePath: name) }
        // The variable may name a list, which is no library yet.
        return environment["VALENCE_SONGS"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
            .flatMap { exists(at: $0) ? $0 : nil }
    }

    /// Opens the library of a folder, or the list that comes with Valence where there is none.
    ///
    /// - Throws: `FileError` if the library is damaged, or the list is missing.
    public static func chosen(_ folder: URL?) throws -> SongLibrary {
        try folder.map { try SongLibrary(at: $0) } ?? embedded()
    }

    /// The list that comes with Valence, in memory, with its graph; what listeners say of its songs
    /// is kept in the user's data folder.
    ///
    /// - Parameters:
    ///   - files: Where the list lies.
    ///   - environment: Where `XDG_DATA_HOME` may name the folder for data of the user.
    /// - Throws: `FileError` if the list is missing or damaged.
    /// - Returns: The library.
    public static func embedded(
        in files: InstalledFiles = InstalledFiles(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> SongLibrary {
        var library = try SongLibrary(
            SongImport().songs(in: files.songs()),
            listeners: userData(environment).appending(path: "listeners.sqlite"))
        try library.buildGraph(SongGraph.Recipe(.nearest(embeddedNeighbors, mutual: false)))
        return library
    }

    /// A few hundred songs have fewer that are really alike than a million.
    private static let embeddedNeighbors = 8

    /// The folder for data of the user, as the XDG Base Directory Specification has it.
    private static func userData(_ environment: [String: String]) -> URL {
        let home = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let data =
            home.map { URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share")
        return data.appending(path: "valence")
    }
}
