window.timelineData={"lang":{{ jsonify .Language.Lang }},"names":[{{ range slice "people" "places" "tags" }}{{ $kind := . }}{{ with site.GetPage (printf "/%s" .) }}{{ range .Pages }}{{ slice $kind .Data.Term .Title (lower .Title) | jsonify }},
{{ end }}{{ end }}{{ end }}],"events":[{{ range (site.GetPage "/events").Pages.ByDate }}{{ slice .Params.id .Title .Description .Params.first .Params.last .Params.people .Params.places .Params.tags (lower .Title) | jsonify }},
{{ end }}],"articles":[{{ range (site.GetPage "/articles").Pages.ByDate.Reverse }}{{ slice .RelPermalink .Title (.Date | time.Format "2 Jan 2006") (lower (printf "%s %s" .Title .Params.summary)) | jsonify }},
{{ end }}]};
